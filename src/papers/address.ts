/** `FILES_URL`: where the sealed files of papers lie. */
import { parseDatabaseUrl } from '../../db/open.ts';

export type FilesAddress =
  | { readonly kind: 'folder'; readonly folder: string }
  /** What speaks S3: `url` is `https://<host>/<bucket>[/<prefix>]`, without the key. */
  | {
      readonly kind: 'bucket';
      readonly url: string;
      readonly region: string;
      readonly keyId: string;
      readonly secret: string;
    };

/** Region of a service that has none. */
const ANY_REGION = 'us-east-1';

/**
 * `file:<folder>`, or `https://<key id>:<secret>@<host>/<bucket>[/<prefix>][?region=<region>]`; `http` only to this machine, because the key
 * signs and does not hide. undefined for what is neither.
 */
export function parseFilesUrl(text: string): FilesAddress | undefined {
  if (text.startsWith('file:')) {
    const address = parseDatabaseUrl(text);
    return address?.engine === 'sqlite' ? { kind: 'folder', folder: address.file } : undefined;
  }
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && url.hostname === '127.0.0.1');
  const path = url.pathname.replace(/\/+$/, '');
  if (!safe || path === '' || url.username === '' || url.password === '' || url.hash !== '') return undefined;
  return {
    kind: 'bucket',
    url: `${url.protocol}//${url.host}${path}`,
    region: url.searchParams.get('region') ?? ANY_REGION,
    keyId: decodeURIComponent(url.username),
    secret: decodeURIComponent(url.password),
  };
}

/** Where it is, for people: never the key. */
export function filesPlace(address: FilesAddress): string {
  return address.kind === 'folder' ? address.folder : address.url;
}
