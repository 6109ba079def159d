/** A small JSON interface under `/sandbox` for scripts and a web page: look at the world, speak, press, move the clock. */
import express, { type NextFunction, type Request, type Response, Router } from 'express';
import * as z from 'zod';
import type { Faults } from './faults.ts';
import type { Person } from './person.ts';
import type { MessageRecord, World } from './world.ts';

export interface ControlOptions {
  readonly world: World;
  readonly faults: Faults;
  readonly person: (openId: string) => Person;
  readonly advance: () => Promise<void>;
  readonly onClock: ((toMs: number) => void | Promise<void>) | undefined;
}

const entry = z.union([z.string(), z.boolean(), z.array(z.string())]);
const calls = z.number().int().min(1).max(100);

/** A slow network as a person notices it. */
const SLOW_MS = 2500;

const sayBody = z.strictObject({
  openId: z.string(),
  chatId: z.string().optional(),
  text: z.string().min(1),
  mention: z.boolean().optional(),
});
const clickBody = z.strictObject({
  openId: z.string(),
  messageId: z.string(),
  label: z.string(),
  form: z.record(z.string(), entry).optional(),
});
const actBody = z.strictObject({
  openId: z.string(),
  messageId: z.string(),
  path: z.string(),
  choice: entry.optional(),
  form: z.record(z.string(), entry).optional(),
});
const fileContent = z.object({ file_key: z.string() });
const enterBody = z.strictObject({ openId: z.string() });
const clockBody = z.union([z.strictObject({ toMs: z.number() }), z.strictObject({ byMs: z.number() })]);
const faultsBody = z.strictObject({
  rateLimit: calls.optional(),
  slowCalls: calls.optional(),
  serverErrors: calls.optional(),
  timeouts: calls.optional(),
  dropConnections: calls.optional(),
  duplicateEvents: z.enum(['off', 'sameEventId', 'newEventId']).optional(),
  reorderEvents: calls.optional(),
  dropWebsockets: z.literal(true).optional(),
  revokeTokens: z.literal(true).optional(),
  clear: z.literal(true).optional(),
});

/** The routes under `/sandbox`. Bodies must be JSON, so that a foreign web page cannot post here unasked. */
export function controlRouter(options: ControlOptions): Router {
  const { world, person } = options;
  const router = Router();
  router.use('/sandbox', express.json({ limit: '1mb' }));
  router.get('/sandbox/state', (_request, response) => {
    response.json({
      now: world.clock.now(),
      bot: world.bot,
      people: [...world.people.values()],
      chats: [...world.chats.values()],
      messages: [...world.messages.values()].map((message) => withFile(world, message)),
    });
  });
  router.get('/sandbox/events', (request, response) => streamChanges(world, { request, response }));
  router.post('/sandbox/say', async (request, response) => {
    const { openId, chatId, text, mention } = sayBody.parse(request.body);
    const chat = chatId === undefined ? undefined : world.chats.get(chatId);
    if (chatId !== undefined && chat === undefined) throw new Error(`no chat ${chatId}`);
    response.json(await person(openId).says(chat, text, mention === undefined ? {} : { mention }));
  });
  router.post('/sandbox/click', async (request, response) => {
    const { openId, messageId, label, form } = clickBody.parse(request.body);
    const message = world.messages.get(messageId);
    if (message === undefined) throw new Error(`no message ${messageId}`);
    response.json(await person(openId).clicks(message, label, form));
  });
  router.post('/sandbox/act', async (request, response) => {
    const { openId, messageId, ...at } = actBody.parse(request.body);
    const message = world.messages.get(messageId);
    if (message === undefined) throw new Error(`no message ${messageId}`);
    response.json(await person(openId).acts(message, at));
  });
  router.get('/sandbox/files/:key', (request, response) => {
    const file = world.files.get(request.params.key);
    if (file === undefined) throw new Error(`no file ${request.params.key}`);
    if (file.kind === 'file') response.attachment(file.name);
    else response.type('image/png');
    response.send(file.bytes);
  });
  router.post('/sandbox/enter', async (request, response) => {
    await person(enterBody.parse(request.body).openId).enters();
    response.json({});
  });
  router.post('/sandbox/clock', async (request, response) => {
    const body = clockBody.parse(request.body);
    if (options.onClock === undefined) throw new Error('this clock cannot be moved');
    await options.onClock('toMs' in body ? body.toMs : world.clock.now() + body.byMs);
    await options.advance();
    response.json({ now: world.clock.now() });
  });
  router.post('/sandbox/faults', async (request, response) => {
    await setFaults(options.faults, faultsBody.parse(request.body));
    response.json({});
  });
  router.use('/sandbox', answerProblem);
  return router;
}

async function setFaults(faults: Faults, body: z.infer<typeof faultsBody>): Promise<void> {
  if (body.clear) await faults.clear();
  if (body.rateLimit) faults.rateLimit(body.rateLimit);
  if (body.slowCalls) faults.timeouts(body.slowCalls, { delayMs: SLOW_MS });
  if (body.serverErrors) faults.serverErrors(body.serverErrors);
  if (body.timeouts) faults.timeouts(body.timeouts);
  if (body.dropConnections) faults.dropConnections(body.dropConnections);
  if (body.duplicateEvents) faults.duplicateEvents(body.duplicateEvents);
  if (body.reorderEvents) faults.reorderEvents(body.reorderEvents);
  if (body.dropWebsockets) faults.dropWebsockets();
  if (body.revokeTokens) faults.revokeTokens();
}

function streamChanges(world: World, way: { request: Request; response: Response }): void {
  const { request, response } = way;
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  response.write(': connected\n\n');
  const stop = world.onChange((change) => {
    const shown = change.kind === 'message' ? { ...change, message: withFile(world, change.message) } : change;
    response.write(`data: ${JSON.stringify(shown)}\n\n`);
  });
  request.once('close', stop);
}

/** A message with the name and size of the file it carries, as a client shows it. */
function withFile(world: World, message: MessageRecord): MessageRecord & { file?: { name: string; bytes: number } } {
  const file =
    message.msgType === 'file' ? world.files.get(fileContent.parse(JSON.parse(message.content)).file_key) : undefined;
  return file === undefined ? message : { ...message, file: { name: file.name, bytes: file.bytes.length } };
}

/** A wrong body or a step a client would refuse: 400 with the reason. Express knows it by its four arguments. */
function answerProblem(error: unknown, _request: Request, response: Response, _next: NextFunction): void {
  const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
  response.status(400).json({ error: reason });
}
