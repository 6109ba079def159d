/** The protobuf frame of the long connection. */
import protobuf from 'protobufjs';
import * as z from 'zod';

const PROTO = `syntax = "proto2";
message Header { required string key = 1; required string value = 2; }
message Frame {
  required uint64 SeqID = 1; required uint64 LogID = 2; required int32 service = 3; required int32 method = 4;
  repeated Header headers = 5; optional string payloadEncoding = 6; optional string payloadType = 7;
  optional bytes payload = 8; optional string LogIDNew = 9;
}`;

const frameType = protobuf.parse(PROTO, { keepCase: true }).root.lookupType('Frame');

const frameSchema = z.object({
  SeqID: z.number(),
  LogID: z.number(),
  service: z.number(),
  method: z.number(),
  headers: z.array(z.object({ key: z.string(), value: z.string() })).default([]),
  payload: z.instanceof(Uint8Array).optional(),
});

export type Frame = z.infer<typeof frameSchema>;

/** A frame as bytes. */
export function encodeFrame(frame: Frame): Uint8Array {
  return frameType.encode(frameType.create(frame)).finish();
}

/** A frame from bytes; undefined when they are none. */
export function decodeFrame(bytes: Uint8Array): Frame | undefined {
  try {
    return frameSchema.parse(frameType.toObject(frameType.decode(bytes), { longs: Number }));
  } catch {
    return undefined;
  }
}

/** The value of a frame's header. */
export function headerOf(frame: Frame, key: string): string | undefined {
  return frame.headers.find((header) => header.key === key)?.value;
}
