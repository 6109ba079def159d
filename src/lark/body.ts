/**
 * The bytes of a request, up to a limit. Not by `express.raw`: that one reads a body which is too large to its end, however long
 * it gets, before the request can be refused.
 */
import type { IncomingMessage } from 'node:http';

export type Body =
  | { readonly kind: 'whole'; readonly bytes: Buffer }
  /** Longer than allowed, told or found while reading: what is left is not waited for. */
  | { readonly kind: 'too large' }
  /** The other side hung up. */
  | { readonly kind: 'broken off' };

/** Never rejects. */
export function readBody(request: IncomingMessage, bytesMax: number): Promise<Body> {
  if (Number(request.headers['content-length'] ?? 0) > bytesMax) return Promise.resolve({ kind: 'too large' });
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > bytesMax) resolve({ kind: 'too large' });
      else chunks.push(chunk);
    });
    request.on('end', () =>
      resolve({ kind: 'whole', bytes: chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks) }),
    );
    request.on('error', () => resolve({ kind: 'broken off' }));
  });
}
