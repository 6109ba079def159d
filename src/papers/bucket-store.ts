/** Papers in an S3-compatible storage, for several bots on one database. What lies there is sealed before it leaves this machine. */
import { AwsClient } from 'aws4fetch';
import type { FilesAddress } from './address.ts';
import { type PaperStore, paperFile } from './store.ts';

/** For one request; whoever waits tries again later. */
const ANSWER_WITHIN_MS = 30_000;
/** Of a storage that says 429 or 5xx, with growing rests between. */
const RETRIES = 2;

/** Each method rejects where the storage cannot be reached or refuses. */
export function createBucketStore(address: Extract<FilesAddress, { kind: 'bucket' }>): PaperStore {
  const { url, region, keyId, secret } = address;
  const client = new AwsClient({
    ...{ accessKeyId: keyId, secretAccessKey: secret },
    ...{ service: 's3', region, retries: RETRIES },
  });

  /** Redirects are not followed: they would carry the bytes to a place that nobody has named. */
  async function ask(method: string, name: string, bytes?: Uint8Array<ArrayBuffer>): Promise<Response> {
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    const response = await client.fetch(paperFile(url, name), {
      ...(bytes === undefined ? {} : { body: bytes }),
      ...{ method, signal, redirect: 'error' },
    });
    if (!response.ok && response.status !== 404) throw new Error(`the storage of papers answered ${response.status}`);
    return response;
  }

  return {
    async put(name, bytes) {
      const { status } = await ask('PUT', name, new Uint8Array(bytes));
      if (status === 404) throw new Error('the storage of papers has no such bucket');
    },
    async get(name) {
      const response = await ask('GET', name);
      return response.status === 404 ? undefined : Buffer.from(await response.arrayBuffer());
    },
    async size(name) {
      const response = await ask('HEAD', name);
      return response.status === 404 ? undefined : Number(response.headers.get('content-length'));
    },
    async remove(name) {
      await ask('DELETE', name);
    },
  };
}
