/** Whether the platform takes the app's id and secret, in words for whoever has to put them right. */
import { errorInAnswer, toLarkError } from './errors.ts';
import { createHttp, originOf } from './http.ts';

/**
 * Codes of the token call: the id is unknown or misspelt; the secret is not its own.
 * https://open.feishu.cn/document/server-docs/api-call-guide/generic-error-code
 */
const words: Readonly<Record<number, string>> = {
  10003: 'LARK_APP_ID 不对，请到开放平台“凭证与基础信息”里核对。',
  10014: 'LARK_APP_SECRET 不对，请到开放平台“凭证与基础信息”里重新复制。',
  10015: 'LARK_APP_SECRET 不对，请到开放平台“凭证与基础信息”里重新复制。',
};

export interface Credentials {
  readonly appId: string;
  readonly appSecret: string;
  /** `feishu`, `lark` or an origin. */
  readonly domain: string;
}

/** The sentence for a code of the token call; undefined when it says nothing against the credentials. */
export function credentialProblem(code: number | undefined): string | undefined {
  return code === undefined ? undefined : words[code];
}

/** The token call's answer, unparsed. Rejects as HTTP does. */
export function askForToken({ appId, appSecret, domain }: Credentials): Promise<unknown> {
  const origin = originOf(domain);
  const path = '/open-apis/auth/v3/tenant_access_token/internal';
  return createHttp(origin).post(`${origin}${path}`, { app_id: appId, app_secret: appSecret });
}

/** Asks the platform; undefined when it takes them, or says nothing. Never rejects: without a network nothing is known. */
export async function findCredentialProblem(credentials: Credentials): Promise<string | undefined> {
  try {
    return credentialProblem(errorInAnswer(await askForToken(credentials))?.code);
  } catch (error) {
    return credentialProblem(toLarkError(error).code);
  }
}
