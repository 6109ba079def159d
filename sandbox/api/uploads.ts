/** `im/v1/images` and `im/v1/files`: uploads. */
import { type Request, Router, raw } from 'express';
import * as z from 'zod';
import { type ApiContext, ApiError, ok } from './answer.ts';
import { readMultipart } from './multipart.ts';

const IMAGE_BYTES_MAX = 10 * 1024 * 1024;
const FILE_BYTES_MAX = 30 * 1024 * 1024;

const imageFields = z.strictObject({ image_type: z.enum(['message', 'avatar']), image: z.instanceof(Buffer) });
const fileFields = z.strictObject({
  file_type: z.enum(['opus', 'mp4', 'pdf', 'doc', 'xls', 'ppt', 'stream']),
  file_name: z.string().min(1),
  duration: z.string().optional(),
  file: z.instanceof(Buffer),
});

/** The routes of uploads; errors are 234001, 234006 and 234010. */
export function uploadsRouter(context: ApiContext): Router {
  const router = Router();
  const multipart = raw({ type: 'multipart/form-data', limit: FILE_BYTES_MAX * 2 });

  router.post('/open-apis/im/v1/images', multipart, (request, response) => {
    const fields = readFields(request, imageFields);
    checkSize(fields.image, IMAGE_BYTES_MAX);
    const file = context.world.addFile({ kind: 'image', type: fields.image_type, name: '', bytes: fields.image });
    ok(response, { image_key: file.key });
  });
  router.post('/open-apis/im/v1/files', multipart, (request, response) => {
    const fields = readFields(request, fileFields);
    checkSize(fields.file, FILE_BYTES_MAX);
    const { file_type: type, file_name: name, file: bytes } = fields;
    ok(response, { file_key: context.world.addFile({ kind: 'file', type, name, bytes }).key });
  });
  return router;
}

function readFields<Shape extends z.ZodType>(request: Request, schema: Shape): z.infer<Shape> {
  const body: unknown = request.body;
  const parts = Buffer.isBuffer(body) ? readMultipart(body, request.headers['content-type'] ?? '') : undefined;
  if (parts === undefined) throw new ApiError(234001, 'Invalid request param: a multipart body is needed.');
  const fields = Object.fromEntries(parts.map((part) => [part.name, part.text ?? part.bytes]));
  const parsed = schema.safeParse(fields);
  if (!parsed.success) throw new ApiError(234001, `Invalid request param: ${parsed.error.issues[0]?.message ?? ''}`);
  return parsed.data;
}

function checkSize(bytes: Buffer, most: number): void {
  if (bytes.length === 0) throw new ApiError(234010, 'File size can not be 0.');
  if (bytes.length > most) throw new ApiError(234006, 'The file size exceed the max value.');
}
