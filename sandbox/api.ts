/** The HTTP side of the pretended platform: every call is logged, may meet a fault, needs a token and keeps the limits. */
import express, { type NextFunction, type Request, type Response, Router } from 'express';
import * as z from 'zod';
import { type ApiContext, ApiError, readBody, refusal, refuse } from './api/answer.ts';
import { applicationsRouter } from './api/applications.ts';
import { type Tokens, tokenRouter } from './api/auth.ts';
import { chatsRouter } from './api/chats.ts';
import { contactsRouter } from './api/contacts.ts';
import { messagesRouter } from './api/messages.ts';
import { resourcesRouter } from './api/resources.ts';
import { uploadsRouter } from './api/uploads.ts';
import type { CallFault, Faults } from './faults.ts';

/** One API call as it was answered. `status` 0: the connection was cut or the answer is still out. */
export interface ApiCall {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: unknown;
  readonly status: number;
  readonly code: number | undefined;
}

export interface ApiOptions extends ApiContext {
  readonly appSecret: string;
  readonly tokens: Tokens;
  readonly faults: Faults;
  readonly calls: ApiCall[];
}

/** Every `/open-apis` route. Unknown paths get 99991201 with HTTP 404. */
export function apiRouter(options: ApiOptions): Router {
  const router = Router();
  router.use('/open-apis', express.json({ limit: '1mb' }), logCalls(options));
  router.use(tokenRouter(options));
  router.use('/open-apis', spoilCalls(options.faults), (request, _response, next) => {
    options.tokens.check(request);
    if (!options.limits.takeApi(`${request.method} ${apiOf(request)}`)) {
      throw new ApiError(99991400, 'request trigger frequency limit', 429);
    }
    next();
  });
  router.get('/open-apis/bot/v3/info', (request, response) => {
    readBody(request, z.strictObject({}));
    const { bot } = options.world;
    response.json({
      code: 0,
      msg: 'ok',
      bot: { activate_status: 2, app_name: bot.name, avatar_url: '', ip_white_list: [], open_id: bot.openId },
    });
  });
  router.use(messagesRouter(options), chatsRouter(options), contactsRouter(options));
  router.use(uploadsRouter(options), resourcesRouter(options), applicationsRouter(options));
  router.use('/open-apis', () => {
    throw new ApiError(99991201, 'not found', 404);
  });
  router.use('/open-apis', answerError);
  return router;
}

/** The API a call belongs to: its path with the ids taken out. */
function apiOf(request: Request): string {
  return request.path.replace(/\/(?:om|oc|ou|img|file)_[^/]+/g, '/:id');
}

function logCalls(options: ApiOptions) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const started = {
      at: options.world.clock.now(),
      method: request.method,
      path: request.path === '/' ? request.baseUrl : `${request.baseUrl}${request.path}`,
      query: new URL(request.originalUrl, 'http://sandbox').search,
    };
    const answer: { code: number | undefined } = { code: undefined };
    const json = response.json.bind(response);
    response.json = (body: unknown) => {
      if (typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'number') {
        answer.code = body.code;
      }
      return json(body);
    };
    response.once('close', () => {
      const status = response.writableFinished ? response.statusCode : 0;
      const body: unknown = Buffer.isBuffer(request.body) ? undefined : request.body;
      options.calls.push({ ...started, body, status, code: answer.code });
    });
    next();
  };
}

function spoilCalls(faults: Faults) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const fault = faults.nextCall();
    if (fault === undefined) {
      next();
    } else if (fault.kind !== 'drop') {
      spoilAnswer(fault, { response, next });
    } else if (fault.afterStoring) {
      response.json = () => {
        request.socket.destroy();
        return response;
      };
      next();
    } else {
      request.socket.destroy();
    }
  };
}

function spoilAnswer(
  fault: Exclude<CallFault, { kind: 'drop' }>,
  way: { response: Response; next: NextFunction },
): void {
  const { response, next } = way;
  if (fault.kind === 'serverError') {
    response.status(502).type('html').send('<html><body><h1>502 Bad Gateway</h1></body></html>');
  } else if (fault.kind === 'timeout') {
    if (fault.delayMs !== undefined) setTimeout(next, fault.delayMs);
  } else if (fault.kind === 'refusal') {
    refuse(response, refusal(fault.name));
  } else {
    limitHeaders(response, fault.resetSeconds);
    const status = fault.code === 230020 ? 400 : 429;
    refuse(response, new ApiError(fault.code, 'request trigger frequency limit', status));
  }
}

function limitHeaders(response: Response, resetSeconds: number): void {
  response.setHeader('x-ogw-ratelimit-limit', '50');
  response.setHeader('x-ogw-ratelimit-reset', String(resetSeconds));
}

/** Express takes a function of four arguments for the error handler. */
function answerError(error: unknown, _request: Request, response: Response, next: NextFunction): void {
  if (error instanceof ApiError) {
    if (error.code === 99991400) limitHeaders(response, 1);
    refuse(response, error);
  } else if (error instanceof SyntaxError || (error instanceof Error && error.name === 'PayloadTooLargeError')) {
    refuse(response, new ApiError(99992402, `field validation failed: ${error.message}`));
  } else {
    next(error);
  }
}
