/** Sending: the SDK's client behind `LarkPort`. */
import { Client, type HttpInstance, LoggerLevel, withTenantToken } from '@larksuiteoapi/node-sdk';
import type { AxiosInstance } from 'axios';
import FormData from 'form-data';
import type { Logger } from 'pino';
import * as z from 'zod';
import type { Card } from '../../cards/card.ts';
import { downloadResource } from './download.ts';
import { errorInAnswer, NeverSent, TOKEN_REFUSED, toLarkError, Unconfirmed } from './errors.ts';
import { grantedScopes } from './granted-scopes.ts';
import { createHistory, type MessageHistory } from './history.ts';
import { createAxios, createHttp, originOf } from './http.ts';
import { isId, receiveIdType } from './ids.ts';
import { LarkError, type LarkPort, type Upload } from './port.ts';
import { createSdkLogger, type SdkLogger } from './sdk-logger.ts';
import { createTokenSource, type FetchedToken } from './token.ts';

export interface LarkOptions {
  readonly appId: string;
  readonly appSecret: string;
  /** `feishu`, `lark` or an origin. */
  readonly domain: string;
  readonly log: Logger;
  /** Milliseconds since the epoch. */
  readonly clock: { now(): number };
}

/** What the long connection needs of the same app. */
export interface SdkConfig {
  readonly appId: string;
  readonly appSecret: string;
  readonly domain: string;
  readonly httpInstance: HttpInstance;
  readonly logger: SdkLogger;
  readonly loggerLevel: LoggerLevel;
}

export interface Lark {
  readonly port: LarkPort;
  /** The bot's own open_id. While it is unknown each call may ask the platform, once a minute; a later call has the answer. */
  botOpenId(): string | undefined;
  readonly history: MessageHistory;
  readonly sdkConfig: SdkConfig;
}

type RequestOptions = ReturnType<typeof withTenantToken>;
/** Runs what rejects with `LarkError`, with the app's token; once more with another one if that was refused. */
type WithToken = <Result>(request: (token: string) => Promise<Result>) => Promise<Result>;
/** One call to the platform, with its token; rejects with `LarkError`. */
type Call = (request: (options: RequestOptions) => Promise<unknown>) => Promise<unknown>;

const tokenAnswerSchema = z.object({ tenant_access_token: z.string().min(1), expire: z.number().positive() });
const botAnswerSchema = z.object({ bot: z.object({ open_id: z.string() }) });
const uploadedAnswerSchema = z.object({ data: z.object({ file_key: z.string().min(1) }) });
const sentAnswerSchema = z.object({ data: z.object({ message_id: z.string().refine((id) => isId(id, 'om')) }) });

/** 30 MB over a slow line. */
const UPLOAD_WITHIN_MS = 75_000;

/** Whoever does not know itself asks so often. */
const ASK_AGAIN_MS = 60_000;

/** Connects nothing yet: the first call fetches the token. Throws when `domain` is no origin. */
export function createLark(options: LarkOptions): Lark {
  const { appId, appSecret, log, clock } = options;
  const domain = originOf(options.domain);
  const httpInstance = createHttp(domain);
  const logger = createSdkLogger(log);
  const sdkConfig: SdkConfig = { appId, appSecret, domain, httpInstance, logger, loggerLevel: LoggerLevel.info };
  const client = new Client({ ...sdkConfig, disableTokenCache: true });
  const tokens = createTokenSource({ fetch: () => fetchToken(client, { appId, appSecret }), clock });
  const getToken = async () => {
    try {
      return await tokens.get();
    } catch (error) {
      // Without a token the call itself was not made.
      const { failure, message, code, retryAfterMs } = toLarkError(error);
      throw new NeverSent(failure, `no token: ${message}`, { code, retryAfterMs });
    }
  };

  const withToken: WithToken = async (request) => {
    const token = await getToken();
    try {
      return await request(token);
    } catch (error) {
      if (!(error instanceof LarkError) || error.code === undefined || !TOKEN_REFUSED.has(error.code)) throw error;
      tokens.drop(token);
      return await request(await getToken());
    }
  };
  const call: Call = (request) => withToken((token) => attempt(() => request(withTenantToken(token))));
  return {
    port: createPort({ client, call, withToken, http: httpInstance, axios: createAxios(domain), domain }),
    botOpenId: createBotOpenId({ ...options, client, call }),
    history: createHistory({
      get: (url, params) => call((options) => client.request({ method: 'GET', url, params }, options)),
      grantedScopes: () => withToken((token) => asLarkError(grantedScopes({ origin: domain, token }))),
    }),
    sdkConfig,
  };
}

function createPort(parts: {
  client: Client;
  call: Call;
  withToken: WithToken;
  http: HttpInstance;
  axios: AxiosInstance;
  domain: string;
}): LarkPort {
  const { call } = parts;
  const { message } = parts.client.im.v1;
  return {
    async post({ target, card, uuid }) {
      const idType = receiveIdType(target);
      if (!idType) throw new LarkError('broken', 'target is neither a chat nor a person');
      const data = { ...content(card), receive_id: target, uuid };
      return sent(await call((options) => message.create({ params: { receive_id_type: idType }, data }, options)));
    },
    async reply({ messageId, card, uuid }) {
      const path = messagePath(messageId);
      return sent(await call((options) => message.reply({ path, data: { ...content(card), uuid } }, options)));
    },
    async upload(file) {
      const answer = await call((options) => uploadFile(parts, { file, headers: options.headers }));
      const parsed = uploadedAnswerSchema.safeParse(answer);
      if (!parsed.success) throw new LarkError('later', 'the platform gave no key for the file');
      return { fileKey: parsed.data.data.file_key };
    },
    async postFile({ target, fileKey, uuid }) {
      const idType = receiveIdType(target);
      if (!idType) throw new LarkError('broken', 'target is neither a chat nor a person');
      const content = JSON.stringify({ file_key: fileKey });
      const data = { receive_id: target, msg_type: 'file', content, uuid };
      return sent(await call((options) => message.create({ params: { receive_id_type: idType }, data }, options)));
    },
    async download(wanted) {
      const { message_id: messageId } = messagePath(wanted.messageId);
      return parts.withToken((token) =>
        downloadResource(parts, { ...wanted, messageId, headers: withTenantToken(token).headers }),
      );
    },
    async update({ messageId, card }) {
      const path = messagePath(messageId);
      await call((options) => message.patch({ path, data: { content: JSON.stringify(card) } }, options));
    },
  };
}

/**
 * Not by the SDK's own method: that one gives the part no file name, has no time-out of its own and answers null for an error
 * that comes with HTTP 200.
 */
function uploadFile(
  parts: { http: HttpInstance; domain: string },
  upload: { file: Upload; headers: RequestOptions['headers'] },
): Promise<unknown> {
  const { name, bytes } = upload.file;
  const form = new FormData();
  form.append('file_type', /\.xlsx?$/.test(name) ? 'xls' : 'stream');
  form.append('file_name', name);
  const contentType = 'application/octet-stream';
  form.append('file', upload.file.read(), { filename: name, knownLength: bytes, contentType });
  return parts.http.request({
    method: 'POST',
    url: `${parts.domain}/open-apis/im/v1/files`,
    data: form,
    headers: { ...upload.headers, ...form.getHeaders(), 'Content-Length': form.getLengthSync() },
    timeout: UPLOAD_WITHIN_MS,
  });
}

async function asLarkError<Result>(call: Promise<Result>): Promise<Result> {
  try {
    return await call;
  } catch (error) {
    throw toLarkError(error);
  }
}

/** Runs one request and turns both shapes of failure into `LarkError`. */
async function attempt(request: () => Promise<unknown>): Promise<unknown> {
  let answer: unknown;
  try {
    answer = await request();
  } catch (error) {
    throw toLarkError(error);
  }
  const failure = errorInAnswer(answer);
  if (failure) throw failure;
  return answer;
}

async function fetchToken(client: Client, app: { appId: string; appSecret: string }): Promise<FetchedToken> {
  const answer = await attempt(() =>
    client.request({
      method: 'POST',
      url: '/open-apis/auth/v3/tenant_access_token/internal',
      data: { app_id: app.appId, app_secret: app.appSecret },
    }),
  );
  const parsed = tokenAnswerSchema.safeParse(answer);
  if (!parsed.success) throw new LarkError('later', 'the platform gave no token');
  return { token: parsed.data.tenant_access_token, expiresInMs: parsed.data.expire * 1000 };
}

/** Asks in the background until the platform has told it. */
function createBotOpenId(parts: {
  client: Client;
  call: Call;
  log: Logger;
  clock: { now(): number };
}): () => string | undefined {
  let known: string | undefined;
  let askedAt = -Infinity;
  const ask = async () => {
    try {
      const answer = await parts.call((options) =>
        parts.client.request({ method: 'GET', url: '/open-apis/bot/v3/info' }, options),
      );
      known = botAnswerSchema.parse(answer).bot.open_id;
    } catch (error) {
      const reason = error instanceof LarkError ? error.message : 'unexpected answer';
      parts.log.warn({ reason }, 'the bot does not know its own open_id yet');
    }
  };
  return () => {
    const now = parts.clock.now();
    // A clock that was set back does not keep it from asking.
    if (known === undefined && Math.abs(now - askedAt) >= ASK_AGAIN_MS) {
      askedAt = now;
      void ask();
    }
    return known;
  };
}

function content(card: Card): { msg_type: 'interactive'; content: string } {
  return { msg_type: 'interactive', content: JSON.stringify(card) };
}

function messagePath(messageId: string): { message_id: string } {
  if (!isId(messageId, 'om')) throw new LarkError('broken', 'not a message id');
  return { message_id: messageId };
}

/** An answer without the message's id counts as no answer: the retry with the same uuid cannot post twice. */
function sent(answer: unknown): { messageId: string } {
  const parsed = sentAnswerSchema.safeParse(answer);
  if (!parsed.success) throw new Unconfirmed('later', 'the platform did not name the message it sent');
  return { messageId: parsed.data.data.message_id };
}
