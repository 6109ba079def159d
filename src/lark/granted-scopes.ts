import * as z from 'zod';
import { errorInAnswer } from './errors.ts';
import { createHttp } from './http.ts';

/** `grant_status` of a scope that the tenant has granted. */
const GRANTED = 1;

const answerSchema = z.object({
  data: z.object({ scopes: z.array(z.object({ scope_name: z.string(), grant_status: z.number() })).default([]) }),
});

/**
 * Which scopes the tenant has granted the app, as the published version says; needs no scope itself. Rejects as HTTP does, or with
 * `LarkError`. https://open.feishu.cn/document/server-docs/application-v6/scope/list
 */
export async function grantedScopes({
  origin,
  token,
}: {
  readonly origin: string;
  readonly token: string;
}): Promise<ReadonlySet<string>> {
  const headers = { Authorization: `Bearer ${token}` };
  const answer: unknown = await createHttp(origin).get(`${origin}/open-apis/application/v6/scopes`, { headers });
  const failure = errorInAnswer(answer);
  if (failure) throw failure;
  const { scopes } = answerSchema.parse(answer).data;
  return new Set(scopes.filter(({ grant_status }) => grant_status === GRANTED).map(({ scope_name }) => scope_name));
}
