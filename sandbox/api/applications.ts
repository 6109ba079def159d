/** `application/v6/scopes` and `application/v7/app_slash_commands`: what the app was granted, and the list behind “/”. */
import { type NextFunction, type Request, type Response, Router } from 'express';
import * as z from 'zod';
import { ApiError, ok, pathParam, readBody, readQuery } from './answer.ts';

const COMMANDS_MAX = 100;

const description = z.strictObject({
  default_value: z.string().min(1),
  i18n: z.record(z.string(), z.string()).optional(),
});
const createBody = z.strictObject({
  command: z.string().regex(/^[^/\s]{1,64}$/),
  description,
  icon: z.strictObject({ icon_key: z.string() }).optional(),
});

interface Command {
  readonly command_id: string;
  readonly command: string;
  description: z.infer<typeof description>;
}

export interface ApplicationsOptions {
  /** Scopes that the app was granted. */
  readonly granted: () => ReadonlySet<string>;
}

/** The routes of the app itself. */
export function applicationsRouter({ granted }: ApplicationsOptions): Router {
  const commands: Command[] = [];
  const router = Router();
  router.get('/open-apis/application/v6/scopes', (request, response) => {
    readBody(request, z.strictObject({}));
    ok(response, { scopes: [...granted()].map((scope_name) => ({ scope_name, grant_status: 1 })) });
  });
  const path = '/open-apis/application/v7/app_slash_commands';
  const needs = (scope: string) => (_request: Request, _response: Response, next: NextFunction) => {
    if (!granted().has(scope))
      throw new ApiError(99991672, `Access denied. One of the following scopes is required: [${scope}]`);
    next();
  };
  router.get(path, needs('application:app_slash_command:read'), (request, response) => {
    readQuery(request, z.strictObject({ page_size: z.string().optional(), page_token: z.string().optional() }));
    ok(response, { items: commands, has_more: false });
  });
  router.post(path, needs('application:app_slash_command:write'), (request, response) => {
    const body = readBody(request, createBody);
    if (commands.some(({ command }) => command === body.command))
      throw new ApiError(40000000, 'command already exists');
    if (commands.length >= COMMANDS_MAX) throw new ApiError(40000001, 'too many commands');
    const created = { command_id: `71${commands.length}`, command: body.command, description: body.description };
    commands.push(created);
    ok(response, created);
  });
  router.patch(`${path}/:id`, needs('application:app_slash_command:write'), (request, response) => {
    const body = readBody(request, z.strictObject({ description }));
    const command = commands.find(({ command_id }) => command_id === pathParam(request, 'id'));
    if (command === undefined) throw new ApiError(99991201, 'not found', 404);
    command.description = body.description;
    ok(response, command);
  });
  return router;
}
