/** Fetching what somebody sent: `GET /open-apis/im/v1/messages/:message_id/resources/:file_key`, as a stream that is never longer than wanted. */
import { Readable } from 'node:stream';
import { type AxiosInstance, type AxiosResponse, isAxiosError } from 'axios';
import { errorInAnswer, toLarkError } from './errors.ts';
import { isResourceKey } from './ids.ts';
import { LarkError, type Resource } from './port.ts';

/** 50 MB over a slow line. */
const DOWNLOAD_WITHIN_MS = 120_000;
/** An answer that tells of an error is short. */
const ANSWER_BYTES_MAX = 64 * 1024;

/** Rejects with `LarkError`; so does reading, when what comes is too long or breaks off. The message's id must have been checked. */
export async function downloadResource(
  { axios, domain }: { axios: AxiosInstance; domain: string },
  wanted: Resource & { readonly headers: Record<string, string> | undefined },
): Promise<Readable> {
  const { messageId, key, kind, bytesMax } = wanted;
  if (!isResourceKey(key)) throw new LarkError('broken', 'not the key of a resource');
  let answer: AxiosResponse<Readable>;
  try {
    answer = await axios.get<Readable>(`${domain}/open-apis/im/v1/messages/${messageId}/resources/${key}`, {
      params: { type: kind },
      headers: { ...wanted.headers },
      responseType: 'stream',
      signal: AbortSignal.timeout(DOWNLOAD_WITHIN_MS),
    });
  } catch (error) {
    throw toLarkError(await withItsAnswer(error));
  }
  const { data: content, headers } = answer;
  if (isAnswerInJson(headers)) {
    throw errorInAnswer(await jsonIn(content)) ?? new LarkError('later', 'the platform gave no content');
  }
  if (Number(headers['content-length'] ?? 0) > bytesMax) {
    content.destroy();
    throw oversized(bytesMax);
  }
  return Readable.from(atMost(content, bytesMax), { objectMode: false });
}

/** A file that somebody sent may be JSON, too; it comes with a name. */
function isAnswerInJson(headers: AxiosResponse['headers']): boolean {
  const type = String(headers['content-type'] ?? '');
  return type.startsWith('application/json') && headers['content-disposition'] === undefined;
}

async function* atMost(content: Readable, bytesMax: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  try {
    for await (const chunk of content) {
      bytes += chunk.length;
      if (bytes > bytesMax) throw oversized(bytesMax);
      yield chunk;
    }
  } catch (error) {
    throw error instanceof LarkError ? error : new LarkError('later', 'the download broke off');
  }
}

function oversized(bytesMax: number): LarkError {
  return new LarkError('oversized', `more than ${bytesMax} bytes`);
}

/** The body of a refused call came as a stream like any other: what it says is put in its place. */
async function withItsAnswer(error: unknown): Promise<unknown> {
  if (isAxiosError(error) && error.response?.data instanceof Readable) {
    error.response.data = await jsonIn(error.response.data);
  }
  return error;
}

/** undefined for what is no JSON, or is none of the platform's by its length. */
async function jsonIn(content: Readable): Promise<unknown> {
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of atMost(content, ANSWER_BYTES_MAX)) chunks.push(chunk);
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
}
