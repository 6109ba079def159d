/**
 * The bytes of a request, up to a limit, and of all requests together up to a budget. Not by `express.raw`: that one reads a body
 * which is too large to its end, however long it gets, before the request can be refused.
 */
import type { IncomingMessage } from 'node:http';

export type Body =
  | { readonly kind: 'whole'; readonly bytes: Buffer }
  /** Longer than allowed, told or found while reading: what is left is not waited for. */
  | { readonly kind: 'too large' }
  /** All that are being read fill the budget, and this one takes most of it. */
  | { readonly kind: 'crowded out' }
  /** The other side hung up. */
  | { readonly kind: 'broken off' };

/** Never rejects. */
export type ReadBody = (request: IncomingMessage, bytesMax: number) => Promise<Body>;

interface Reading {
  bytes: number;
  end(body: Body): void;
}

/** @param budgetBytes held at most by all bodies that are being read; the largest gives way, so small ones get through. */
export function createBodyReader(budgetBytes: number): ReadBody {
  const underWay = new Set<Reading>();

  function keepToBudget(): void {
    const readings = [...underWay];
    if (readings.reduce((sum, { bytes }) => sum + bytes, 0) <= budgetBytes) return;
    readings.reduce((largest, one) => (one.bytes > largest.bytes ? one : largest)).end({ kind: 'crowded out' });
  }

  return (request, bytesMax) => {
    if (Number(request.headers['content-length'] ?? 0) > bytesMax) return Promise.resolve({ kind: 'too large' });
    return new Promise((resolve) => {
      let chunks: Buffer[] = [];
      const reading: Reading = {
        bytes: 0,
        end(body) {
          underWay.delete(reading);
          request.removeAllListeners('data');
          chunks = [];
          resolve(body);
        },
      };
      underWay.add(reading);
      request.on('data', (chunk: Buffer) => {
        reading.bytes += chunk.length;
        if (reading.bytes > bytesMax) return reading.end({ kind: 'too large' });
        chunks.push(chunk);
        keepToBudget();
      });
      request.on('end', () => reading.end({ kind: 'whole', bytes: Buffer.concat(chunks) }));
      for (const event of ['error', 'close']) request.on(event, () => reading.end({ kind: 'broken off' }));
    });
  };
}
