/** Papers in a bucket: what is asked of the storage, and that each request is signed as the storage checks it. */
import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { filesPlace, parseFilesUrl } from '../../src/papers/address.ts';
import type { PaperStore } from '../../src/papers/store.ts';
import { paperStoreAt } from '../../src/papers/store-at.ts';

const NAME = '0123456789abcdef0123456789abcdef';
const SECRET = 'se/cret+key';

let server: Server;
let files: Map<string, Buffer>;
let asked: string[];
/** What the storage answers instead, when there is something. */
let refuses: number | undefined;

beforeEach(async () => {
  files = new Map();
  asked = [];
  refuses = undefined;
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method = '', url = '' } = request;
      asked.push(`${method} ${url}`);
      if (refuses !== undefined) return void response.writeHead(refuses).end();
      if (!isSigned(request)) return void response.writeHead(403).end();
      const found = files.get(url);
      if (method === 'PUT') files.set(url, Buffer.concat(parts));
      if (method === 'DELETE') files.delete(url);
      if (method === 'PUT' || method === 'DELETE') return void response.writeHead(method === 'PUT' ? 200 : 204).end();
      if (!found) return void response.writeHead(404).end();
      response.writeHead(200, { 'content-length': found.length }).end(method === 'HEAD' ? undefined : found);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(() => void server.close());

/** The check of AWS Signature Version 4, https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
function isSigned({ method, url, headers }: IncomingMessage): boolean {
  const said =
    /^AWS4-HMAC-SHA256 Credential=key1\/(\d{8})\/cn-north-4\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=(\w{64})$/;
  const [, day = '', names = '', signature] = said.exec(headers.authorization ?? '') ?? [];
  const lines = names.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const canonical = [method, url, '', lines.join(''), names, headers['x-amz-content-sha256']].join('\n');
  const scope = `${day}/cn-north-4/s3/aws4_request`;
  const digest = createHash('sha256').update(canonical).digest('hex');
  const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, digest].join('\n');
  const mac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const key = mac(mac(mac(mac(`AWS4${SECRET}`, day), 'cn-north-4'), 's3'), 'aws4_request');
  return mac(key, toSign).toString('hex') === signature;
}

function store(secret = SECRET): PaperStore {
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const address = parseFilesUrl(`http://key1:${encodeURIComponent(secret)}@${host}/county/daiban/?region=cn-north-4`);
  if (!address) throw new Error('no address');
  return paperStoreAt(address);
}

describe('a bucket', () => {
  it('keeps a paper, gives it back, tells its size, and lets it go', async () => {
    const bytes = Buffer.from([0, 1, 2, 255]);
    await store().put(NAME, bytes);
    expect([...files]).toEqual([[`/county/daiban/01/${NAME}`, bytes]]);
    expect(await store().get(NAME)).toEqual(bytes);
    expect(await store().size(NAME)).toBe(4);
    await store().remove(NAME);
    expect(await store().get(NAME)).toBeUndefined();
    expect(await store().size(NAME)).toBeUndefined();
    await store().remove(NAME);
  });

  it('with a wrong key is a failure to be tried again, and says nothing of the key', async () => {
    const wrong = store('wrong');
    await expect(wrong.put(NAME, Buffer.from('a'))).rejects.toThrow('the storage of papers answered 403');
    await expect(wrong.get(NAME)).rejects.toThrow('403');
    expect(files.size).toBe(0);
  });

  it('that is not there takes nothing for kept', async () => {
    refuses = 404;
    await expect(store().put(NAME, Buffer.from('a'))).rejects.toThrow('no such bucket');
  });

  it('is never led to another place by a name', async () => {
    await expect(store().get('../../other')).rejects.toThrow('not the name of a paper');
    expect(asked).toEqual([]);
  });
});

describe('FILES_URL', () => {
  it('names a folder, or a bucket with its key, of which nothing is told', () => {
    expect(parseFilesUrl('file:/var/lib/papers')).toEqual({ kind: 'folder', folder: '/var/lib/papers' });
    const bucket = parseFilesUrl('https://id:s%2Fk@obs.example.cn/county');
    expect(bucket).toEqual({
      kind: 'bucket',
      url: 'https://obs.example.cn/county',
      region: 'us-east-1',
      keyId: 'id',
      secret: 's/k',
    });
    expect(bucket && filesPlace(bucket)).toBe('https://obs.example.cn/county');
  });

  it.each([
    'https://obs.example.cn/county',
    'https://id:key@obs.example.cn',
    'https://id:key@obs.example.cn/',
    'http://id:key@obs.example.cn/county',
    'ftp://id:key@obs.example.cn/county',
    '/var/lib/papers',
    'https://',
  ])('is not %j', (text) => {
    expect(parseFilesUrl(text)).toBeUndefined();
  });
});
