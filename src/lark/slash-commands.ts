/**
 * The list that opens when somebody types “/” to the bot. What is chosen there arrives as plain text, so the bot works without.
 * https://open.feishu.cn/document/mcp_open_tools/agent-best-practices/agent-supports-slash-commands
 */
import * as z from 'zod';
import { errorInAnswer, toLarkError } from './errors.ts';
import { createHttp } from './http.ts';
import type { LarkError } from './port.ts';

export interface SlashCommand {
  /** Without the slash. */
  readonly name: string;
  readonly does: string;
}

const PATH = '/open-apis/application/v7/app_slash_commands';
/** The platform's limit for one app. */
export const SLASH_COMMANDS_MAX = 100;

const listSchema = z.object({
  data: z.object({
    items: z
      .array(
        z.object({
          command_id: z.string().min(1),
          command: z.string(),
          description: z.object({ default_value: z.string().optional() }).optional(),
        }),
      )
      .default([]),
  }),
});

type Registered = z.infer<typeof listSchema>['data']['items'][number];

/**
 * Makes the list on the platform that of `wanted`: adds, corrects, and leaves what others have put there.
 * @throws LarkError, at the first call that is refused; what was done before it stays, and the next time goes on from there.
 */
export async function registerSlashCommands(
  wanted: readonly SlashCommand[],
  { origin, token }: { readonly origin: string; readonly token: string },
): Promise<{ readonly added: number; readonly changed: number }> {
  const call = caller(origin, token);
  const there = new Map((await listed(call)).map((one) => [one.command, one]));
  const missing = wanted.filter(({ name }) => !there.has(name));
  for (const { name, does } of missing) {
    await call('post', PATH, { command: name, description: { default_value: does } });
  }
  const stale = wanted.flatMap(({ name, does }) => {
    const one = there.get(name);
    return one !== undefined && one.description?.default_value !== does ? [{ id: one.command_id, does }] : [];
  });
  for (const { id, does } of stale) {
    await call('patch', `${PATH}/${encodeURIComponent(id)}`, { description: { default_value: does } });
  }
  return { added: missing.length, changed: stale.length };
}

async function listed(call: Call): Promise<readonly Registered[]> {
  const answer = listSchema.safeParse(await call('get', `${PATH}?page_size=${SLASH_COMMANDS_MAX}`));
  return answer.success ? answer.data.data.items : [];
}

type Call = (method: 'get' | 'post' | 'patch', path: string, body?: unknown) => Promise<unknown>;

function caller(origin: string, token: string): Call {
  const http = createHttp(origin);
  const headers = { Authorization: `Bearer ${token}` };
  return async (method, path, data) => {
    let failure: LarkError | undefined;
    let answer: unknown;
    try {
      answer = await http.request({ method, url: `${origin}${path}`, headers, data });
      failure = errorInAnswer(answer);
    } catch (error) {
      failure = toLarkError(error);
    }
    if (failure) throw failure;
    return answer;
  };
}
