/** The HTTP side of the SDK: a time-out, no redirects, no proxy towards this machine. */
import type { HttpInstance } from '@larksuiteoapi/node-sdk';
import axios, { type AxiosInstance } from 'axios';

const TIMEOUT_MS = 10_000;

/** `feishu`, `lark` or an origin such as `http://127.0.0.1:4000` → the origin, without a slash at the end. Throws on others. */
export function originOf(domain: string): string {
  if (domain === 'feishu') return 'https://open.feishu.cn';
  if (domain === 'lark') return 'https://open.larksuite.com';
  const url = new URL(domain);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new Error(`LARK_DOMAIN must be http or https`);
  return url.origin;
}

/** An axios instance that gives the body of the answer, as the SDK expects of its HTTP instance. */
export function createHttp(origin: string): HttpInstance {
  const http = createAxios(origin);
  http.interceptors.response.use((response) => response.data);
  return asHttpInstance(http);
}

/** The same, with the headers of the answer. */
export function createAxios(origin: string): AxiosInstance {
  const { hostname } = new URL(origin);
  const local = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
  // A redirect would carry the token to wherever it points. Elsewhere the usual proxy variables hold.
  return axios.create({ timeout: TIMEOUT_MS, maxRedirects: 0, ...(local ? { proxy: false as const } : {}) });
}

/** The response interceptor makes every method resolve to the body: just what `HttpInstance` says and axios' types do not. */
function asHttpInstance(http: AxiosInstance): HttpInstance {
  return http as unknown as HttpInstance;
}
