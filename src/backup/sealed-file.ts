/**
 * The file a backup is kept in: `DAIBANBK`, the header's length (4 bytes), the header (JSON), its HMAC (32 bytes), the compressed
 * database under AES-256-GCM, the tag (16 bytes). The keys come from `DATA_KEY` and a salt of the file's own; all that stands before the
 * body is authenticated with it, and by the HMAC without reading it. Written and read as streams: memory does not grow with the database.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { appendFile, open, stat, writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import * as z from 'zod';
import { asBackupProblem, BackupProblem } from './problem.ts';

const MAGIC = Buffer.from('DAIBANBK', 'ascii');
const VERSION = 1;
const LENGTH_BYTES = 4;
const HEADER_MAX_BYTES = 1024 * 1024;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const SALT_BYTES = 32;
const MAC_BYTES = 32;

const base64 = z.base64();
const headerSchema = z.object({
  version: z.literal(VERSION),
  /** ms since the epoch. */
  madeAt: z.number().int(),
  /** End of every ledger chain, by town. */
  chains: z.array(z.object({ townId: z.number().int(), seq: z.number().int(), hash: z.string() })),
  salt: base64,
  iv: base64,
  /** Tells a wrong key from a damaged file before anything is read. */
  keyCheck: base64,
});
export type BackupHeader = z.infer<typeof headerSchema>;
/** What the maker of a backup says about it. */
export type BackupFacts = Pick<BackupHeader, 'madeAt' | 'chains'>;

/** `formerKey`: while `DATA_KEY` is being changed, the one that older backups were made under. */
export interface BackupKeys {
  readonly dataKey: Buffer;
  readonly formerKey?: Buffer | undefined;
}

/**
 * Compresses and encrypts the file `from` into the new file `to`, which is on the disk when this resolves.
 * Rejects with BackupProblem (`disk_full`, `stopped`, `failed`).
 */
export async function sealFile(request: {
  from: string;
  to: string;
  readonly dataKey: Buffer;
  facts: BackupFacts;
  signal: AbortSignal;
}): Promise<void> {
  const salt = randomBytes(SALT_BYTES);
  const iv = randomBytes(IV_BYTES);
  const keys = derive(request.dataKey, salt);
  const plainHead = headBytes({
    ...request.facts,
    version: VERSION,
    salt: salt.toString('base64'),
    iv: iv.toString('base64'),
    keyCheck: keys.check.toString('base64'),
  });
  const head = Buffer.concat([plainHead, macOf(plainHead, keys.head)]);
  const cipher = createCipheriv('aes-256-gcm', keys.body, iv, { authTagLength: TAG_BYTES }).setAAD(head);
  try {
    await writeFile(request.to, head, { flag: 'wx', mode: 0o600 });
    const body = createWriteStream(request.to, { flags: 'a' });
    await pipeline(createReadStream(request.from), createGzip({ level: 1 }), cipher, body, { signal: request.signal });
    await appendFile(request.to, cipher.getAuthTag(), { flush: true });
  } catch (error) {
    throw asBackupProblem(error, 'failed');
  }
}

/**
 * Decrypts the backup `from` into the new file `to`. Until it resolves `to` proves nothing: the tag stands at the end.
 * Rejects with BackupProblem (`not_a_backup`, `newer_version`, `wrong_key`, `damaged`, `disk_full`, `stopped`).
 */
export async function unsealFile(
  request: {
    from: string;
    to: string;
    signal?: AbortSignal;
  } & BackupKeys,
): Promise<BackupHeader> {
  const { header, head, size, bodyKey } = await openHead(request);
  const tagAt = size - TAG_BYTES;
  if (tagAt <= head.length) throw new BackupProblem('damaged');
  try {
    const iv = Buffer.from(header.iv, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', bodyKey, iv, { authTagLength: TAG_BYTES }).setAAD(head);
    decipher.setAuthTag(await readBytes(request.from, { at: tagAt, length: TAG_BYTES }));
    const body = createReadStream(request.from, { start: head.length, end: tagAt - 1 });
    const to = createWriteStream(request.to, { flags: 'wx', mode: 0o600, flush: true });
    await pipeline(body, decipher, createGunzip(), to, request.signal ? { signal: request.signal } : {});
  } catch (error) {
    throw asBackupProblem(error, 'damaged');
  }
  return header;
}

/**
 * What the maker of the backup says about it, proved to be said by whoever has `DATA_KEY`; the body is not read.
 * Rejects with BackupProblem (`not_a_backup`, `newer_version`, `wrong_key`, `damaged`).
 */
export async function readHeader(request: { from: string } & BackupKeys): Promise<BackupHeader> {
  return (await openHead(request)).header;
}

async function openHead(request: { from: string } & BackupKeys) {
  const { header, plainHead, mac, size } = await readHead(request.from);
  const salt = Buffer.from(header.salt, 'base64');
  const keys = [request.dataKey, ...(request.formerKey ? [request.formerKey] : [])]
    .map((dataKey) => derive(dataKey, salt))
    .find(({ check }) => same(Buffer.from(header.keyCheck, 'base64'), check));
  if (!keys) throw new BackupProblem('wrong_key');
  if (!same(mac, macOf(plainHead, keys.head))) throw new BackupProblem('damaged');
  return { header, head: Buffer.concat([plainHead, mac]), size, bodyKey: keys.body };
}

function headBytes(header: BackupHeader): Buffer {
  const json = Buffer.from(JSON.stringify(header), 'utf8');
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(json.length);
  return Buffer.concat([MAGIC, length, json]);
}

async function readHead(from: string): Promise<{ header: BackupHeader; plainHead: Buffer; mac: Buffer; size: number }> {
  const prefixBytes = MAGIC.length + LENGTH_BYTES;
  const prefix = await readBytes(from, { at: 0, length: prefixBytes });
  if (prefix.length < prefixBytes || !prefix.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw new BackupProblem('not_a_backup');
  }
  const length = prefix.readUInt32BE(MAGIC.length);
  if (length > HEADER_MAX_BYTES) throw new BackupProblem('damaged');
  const json = await readBytes(from, { at: prefixBytes, length });
  const mac = await readBytes(from, { at: prefixBytes + length, length: MAC_BYTES });
  const { size } = await stat(from);
  return { header: parseHeader(json.toString('utf8')), plainHead: Buffer.concat([prefix, json]), mac, size };
}

function parseHeader(text: string): BackupHeader {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new BackupProblem('damaged', { cause: error });
  }
  const { version } = z.object({ version: z.number() }).catch({ version: 0 }).parse(json);
  if (version > VERSION) throw new BackupProblem('newer_version');
  const parsed = headerSchema.safeParse(json);
  if (!parsed.success) throw new BackupProblem('damaged', { cause: parsed.error });
  return parsed.data;
}

/** Fewer bytes than asked for when the file ends before. */
async function readBytes(from: string, wanted: { at: number; length: number }): Promise<Buffer> {
  const file = await open(from);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(wanted.length), 0, wanted.length, wanted.at);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function macOf(plainHead: Buffer, key: Buffer): Buffer {
  return createHmac('sha256', key).update(plainHead).digest();
}

function same(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

function derive(dataKey: Buffer, salt: Buffer): { body: Buffer; check: Buffer; head: Buffer } {
  const all = Buffer.from(hkdfSync('sha256', dataKey, salt, 'daiban:backup:v1', KEY_BYTES * 3));
  const nth = (n: number) => all.subarray(n * KEY_BYTES, (n + 1) * KEY_BYTES);
  return { body: nth(0), check: nth(1), head: nth(2) };
}
