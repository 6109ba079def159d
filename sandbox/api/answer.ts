/** How the platform answers: one envelope for everything, business errors as HTTP 400 with a code of their own. */
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { type RefusalName, refusals } from '../faults.ts';
import type { Limits } from '../limits.ts';
import type { World } from '../world.ts';

/** A refusal on its way to the client. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: number;
  readonly status: number;

  constructor(code: number, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** What the handlers of the API work with. */
export interface ApiContext {
  readonly world: World;
  readonly limits: Limits;
  readonly tenantKey: string;
  readonly appId: string;
  /** Scopes that the app was granted. */
  readonly granted: () => ReadonlySet<string>;
}

/** Reads the body strictly: an unknown or mistyped field is refused with 99992402. */
export function readBody<Shape extends z.ZodType>(request: Request, schema: Shape): z.infer<Shape> {
  return read(request.body ?? {}, schema);
}

/** Reads the query strictly, as `readBody` does. */
export function readQuery<Shape extends z.ZodType>(request: Request, schema: Shape): z.infer<Shape> {
  return read({ ...request.query }, schema);
}

/** A path parameter; the router guarantees that it is one string. */
export function pathParam(request: Request, name: string): string {
  const value = request.params[name];
  if (typeof value !== 'string') throw new ApiError(99991201, 'not found', 404);
  return value;
}

/** Answers with `data` in the common envelope. */
export function ok(response: Response, data: unknown = {}): void {
  response.json({ code: 0, msg: 'success', data });
}

/** Answers with an error in the common envelope. */
export function refuse(response: Response, error: ApiError): void {
  response.status(error.status).json({
    code: error.code,
    msg: error.message,
    error: { log_id: `sandbox-${error.code}`, troubleshooter: '' },
  });
}

/** One of the refusals that depend on nothing the call says. */
export function refusal(name: RefusalName): ApiError {
  const { code, message, status } = refusals[name];
  return new ApiError(code, message, status);
}

function read<Shape extends z.ZodType>(value: unknown, schema: Shape): z.infer<Shape> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new ApiError(99992402, `field validation failed: ${problems.join('; ')}`);
}
