/** What the platform says of an app by its credentials; nothing is sent to anybody. */
import * as z from 'zod';
import { optionalScopes, scopes } from '../lark/console-setup.ts';
import { askForToken, type Credentials, credentialProblem } from '../lark/credentials.ts';
import { errorInAnswer, toLarkError } from '../lark/errors.ts';
import { grantedScopes } from '../lark/granted-scopes.ts';
import { createHttp, originOf } from '../lark/http.ts';
import type { LarkError } from '../lark/port.ts';
import { CliProblem } from './command.ts';

/** `activate_status` of an app that its company has enabled. */
const ENABLED = 2;

const tokenSchema = z.object({ tenant_access_token: z.string().min(1) });
const botSchema = z.object({
  bot: z.object({ app_name: z.string().optional(), activate_status: z.number().optional() }),
});

export interface KnownApp {
  readonly origin: string;
  readonly token: string;
  readonly botName: string;
  readonly isEnabled: boolean;
  /** Scopes that the bot needs and the tenant has not granted; undefined where the platform does not say. */
  readonly missingScopes: readonly string[] | undefined;
  /** The same of those that it could do without. */
  readonly missingOptional: readonly string[] | undefined;
}

/** Three calls. @throws CliProblem with a sentence for whatever is wrong with credentials, network or app. */
export async function lookAtApp(credentials: Credentials): Promise<KnownApp> {
  const origin = originOf(credentials.domain);
  const answer = tokenSchema.safeParse(await ask(origin, () => askForToken(credentials)));
  if (!answer.success) throw new CliProblem(`${origin} 没有给出访问凭证，请检查 LARK_DOMAIN 是不是飞书的地址。`);
  const token = answer.data.tenant_access_token;
  const headers = { Authorization: `Bearer ${token}` };
  const http = createHttp(origin);
  const bot = botSchema.safeParse(await ask(origin, () => http.get(`${origin}/open-apis/bot/v3/info`, { headers })));
  if (!bot.success) throw new CliProblem('平台没有说出机器人是谁，请在开放平台给应用添加“机器人”能力并发布。');
  const { app_name: botName = '', activate_status: status } = bot.data.bot;
  const isEnabled = status === undefined || status === ENABLED;
  const granted = await scopesOf({ origin, token });
  const lacks = (wanted: typeof scopes) =>
    granted && wanted.map(({ name }) => name).filter((name) => !granted.has(name));
  return {
    ...{ origin, token, botName, isEnabled },
    ...{ missingScopes: lacks(scopes), missingOptional: lacks(optionalScopes) },
  };
}

/** undefined where the platform does not say. */
async function scopesOf(app: { origin: string; token: string }): Promise<ReadonlySet<string> | undefined> {
  try {
    return await grantedScopes(app);
  } catch {
    return undefined;
  }
}

/** One call; a failure of any kind in words. */
async function ask(origin: string, call: () => Promise<unknown>): Promise<unknown> {
  let failure: LarkError | undefined;
  let answer: unknown;
  try {
    answer = await call();
    failure = errorInAnswer(answer);
  } catch (error) {
    failure = toLarkError(error);
  }
  if (failure) throw new CliProblem(failureWords(failure, origin));
  return answer;
}

function failureWords(failure: LarkError, origin: string): string {
  const { code } = failure;
  const problem = credentialProblem(code);
  if (problem !== undefined) return problem;
  if (code !== undefined) return `平台拒绝了：${failure.message}`;
  return `没有连上 ${origin}（${failure.message}）。请检查网络、代理和 LARK_DOMAIN。`;
}
