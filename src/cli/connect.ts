import { parseArgs } from 'node:util';
import * as z from 'zod';
import type { LiveConfig } from '../config.ts';
import { askForToken, credentialProblem } from '../lark/credentials.ts';
import { errorInAnswer, toLarkError } from '../lark/errors.ts';
import { createHttp, originOf } from '../lark/http.ts';
import type { LarkError } from '../lark/port.ts';
import { type CliCommand, CliProblem } from './command.ts';

/** `activate_status` of an app that its company has enabled. */
const ENABLED = 2;

const tokenSchema = z.object({ tenant_access_token: z.string().min(1) });
const botSchema = z.object({
  bot: z.object({ app_name: z.string().optional(), activate_status: z.number().optional() }),
});

/** Two calls with the configured credentials: the token, and who the bot is. Sends nothing to anybody. */
export const connect: CliCommand = {
  name: 'connect',
  usage: 'connect',
  does: '检查飞书的应用凭证和网络是否可用',
  async run(io, args) {
    parseArgs({ args: [...args], options: {} });
    const config = io.readConfig();
    if (config.mode !== 'live') {
      throw new CliProblem('没有填 LARK_APP_ID 和 LARK_APP_SECRET，没有平台可连。填好后再试。');
    }
    const origin = originOf(config.domain);
    const http = createHttp(origin);
    const token = tokenSchema.safeParse(await ask(origin, () => askForToken(config)));
    if (!token.success) throw new CliProblem(`${origin} 没有给出访问凭证，请检查 LARK_DOMAIN 是不是飞书的地址。`);
    io.print(`OK    凭证：${config.appId} 可用（${origin}）`);
    const headers = { Authorization: `Bearer ${token.data.tenant_access_token}` };
    const bot = botSchema.safeParse(await ask(origin, () => http.get(`${origin}/open-apis/bot/v3/info`, { headers })));
    if (!bot.success) throw new CliProblem('平台没有说出机器人是谁，请在开放平台给应用添加“机器人”能力并发布。');
    const { app_name: name = '', activate_status: status } = bot.data.bot;
    const enabled = status === undefined || status === ENABLED;
    io.print(enabled ? `OK    机器人：${name}` : `注意  机器人：${name} 还没有启用，请在飞书管理后台启用它。`);
    io.print(`OK    接收方式：${transportWords(config)}`);
    return enabled ? 0 : 1;
  },
};

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

function transportWords(config: LiveConfig): string {
  if (config.transport.kind === 'websocket') return '长连接，不需要公网地址';
  return '回调地址（webhook），请在开放平台把事件和卡片回调都填成 公网地址/lark/events';
}
