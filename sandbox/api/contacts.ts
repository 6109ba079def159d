/** `contact/v3/users`: names of people. */
import { Router } from 'express';
import * as z from 'zod';
import type { PersonRecord } from '../world.ts';
import { type ApiContext, ApiError, ok, pathParam, readBody, readQuery } from './answer.ts';
import { userView } from './views.ts';

const idType = z.literal('open_id', { error: 'this app is known to people by open_id only' });
const userQuery = z.strictObject({ user_id_type: idType.optional(), department_id_type: z.string().optional() });
const ids = z.union([z.string().transform((id) => [id]), z.array(z.string())]).pipe(z.array(z.string()).min(1).max(50));

/** The routes of contacts. */
export function contactsRouter(context: ApiContext): Router {
  const { world } = context;
  const router = Router();
  const path = '/open-apis/contact/v3/users';
  const known = (ids: readonly string[]): PersonRecord[] => ids.flatMap((openId) => world.people.get(openId) ?? []);

  router.get(`${path}/batch`, (request, response) => {
    const query = readQuery(request, userQuery.extend({ user_ids: ids }));
    ok(response, { items: known(query.user_ids).map(userView) });
  });
  router.post(`${path}/basic_batch`, (request, response) => {
    readQuery(request, userQuery);
    const { user_ids } = readBody(request, z.strictObject({ user_ids: z.array(z.string()).min(1).max(50) }));
    ok(response, { users: known(user_ids).map((person) => ({ user_id: person.openId, name: person.name })) });
  });
  router.get(`${path}/:user_id`, (request, response) => {
    readBody(request, z.strictObject({}));
    readQuery(request, userQuery);
    const openId = pathParam(request, 'user_id');
    const person = world.people.get(openId);
    if (person === undefined) throw new ApiError(99992351, `open_id is not exist: ${openId}`);
    ok(response, { user: userView(person) });
  });
  return router;
}
