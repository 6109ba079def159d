/** A small JSON interface under `/sandbox` for scripts and a web page: look at the world, speak, press, move the clock. */
import express, { type NextFunction, type Request, type Response, Router } from 'express';
import * as z from 'zod';
import type { Faults } from './faults.ts';
import { serveFile } from './files.ts';
import type { GroupLife } from './groups.ts';
import type { Person } from './person.ts';
import type { MessageRecord, World } from './world.ts';

export interface ControlOptions {
  readonly world: World;
  readonly faults: Faults;
  readonly person: (openId: string) => Person;
  readonly advance: () => Promise<void>;
  readonly openGroup: GroupLife['open'];
  readonly onClock: ((toMs: number) => void | Promise<void>) | undefined;
}

const entry = z.union([z.string(), z.boolean(), z.array(z.string())]);
const calls = z.number().int().min(1).max(100);

/** A slow network as a person notices it. */
const SLOW_MS = 2500;

/** What a client sends in one go, and what the platform lets pass. */
const PICTURES_MAX = 9;
const NAME_MAX = 250;
const GROUP_NAME_MAX = 60;
const GROUP_MEMBERS_MAX = 200;
const UPLOAD_BYTES_MAX = 100 * 1024 * 1024;

/** Each day of it has to pass. */
const LEAP_MS_MAX = 370 * 24 * 3_600_000;

const sayBody = z.strictObject({
  openId: z.string(),
  chatId: z.string().optional(),
  text: z.string().min(1).optional(),
  mention: z.boolean().optional(),
  repliesTo: z.string().optional(),
  /** Keys of uploads. */
  pictures: z.array(z.string()).max(PICTURES_MAX).optional(),
  file: z.string().optional(),
});
const uploadQuery = z.strictObject({ kind: z.enum(['image', 'file']), name: z.string().min(1).max(NAME_MAX) });
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
const groupBody = z.strictObject({
  openId: z.string(),
  name: z.string().trim().min(1).max(GROUP_NAME_MAX),
  members: z.array(z.string()).max(GROUP_MEMBERS_MAX),
});
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
  playDead: z.literal(true).optional(),
  otherInstance: z.enum(['some', 'all']).optional(),
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
    response.json(await say(options, sayBody.parse(request.body)));
  });
  const upload = express.raw({ type: 'application/octet-stream', limit: UPLOAD_BYTES_MAX });
  router.post('/sandbox/upload', upload, (request, response) => {
    const { kind, name } = uploadQuery.parse(request.query);
    const bytes: unknown = request.body;
    if (!Buffer.isBuffer(bytes) || bytes.length === 0) throw new Error('nothing was uploaded');
    const { key } = world.addFile({ kind, type: kind === 'image' ? 'message' : 'stream', name, bytes });
    response.json({ key });
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
  router.get('/sandbox/files/:key', (request, response) => serveFile(known(world.files, request.params.key), response));
  router.post('/sandbox/enter', async (request, response) => {
    await person(enterBody.parse(request.body).openId).enters();
    response.json({});
  });
  router.post('/sandbox/group', async (request, response) => {
    const { openId, name, members } = groupBody.parse(request.body);
    response.json(await options.openGroup(person(openId), { name, members: members.map(person) }));
  });
  router.post('/sandbox/clock', async (request, response) => {
    response.json(await moveClock(options, clockBody.parse(request.body)));
  });
  router.post('/sandbox/faults', async (request, response) => {
    await setFaults(options.faults, faultsBody.parse(request.body));
    response.json({});
  });
  router.use('/sandbox', answerProblem);
  return router;
}

/** Answers with the time it is then, and with how many messages the bot has sent meanwhile to whom. */
async function moveClock({ world, onClock, advance }: ControlOptions, body: z.infer<typeof clockBody>) {
  if (onClock === undefined) throw new Error('this clock cannot be moved');
  const toMs = 'toMs' in body ? body.toMs : world.clock.now() + body.byMs;
  if (toMs - world.clock.now() > LEAP_MS_MAX) throw new Error('the clock goes at most a year forward at a time');
  const before = new Set(world.messages.keys());
  await onClock(toMs);
  await advance();
  const reminded = new Map<string, number>();
  for (const { messageId, chatId, senderOpenId } of world.messages.values()) {
    if (senderOpenId !== undefined || before.has(messageId)) continue;
    reminded.set(chatId, (reminded.get(chatId) ?? 0) + 1);
  }
  return { now: world.clock.now(), reminded: [...reminded].map(([chatId, count]) => ({ chatId, count })) };
}

/** Words, with pictures as a client joins them; pictures and files without words go one by one. Answers with the last. */
async function say(options: ControlOptions, body: z.infer<typeof sayBody>): Promise<MessageRecord> {
  const { world } = options;
  const speaker = options.person(body.openId);
  const chat = body.chatId === undefined ? undefined : known(world.chats, body.chatId);
  const repliesTo = body.repliesTo === undefined ? undefined : known(world.messages, body.repliesTo);
  const pictures = (body.pictures ?? []).map((key) => known(world.files, key));
  const { text, mention } = body;
  let last = text === undefined ? undefined : await speaker.says(chat, text, { mention, repliesTo, pictures });
  for (const picture of text === undefined ? pictures : []) last = await speaker.shows(chat, picture, { repliesTo });
  if (body.file !== undefined) last = await speaker.gives(chat, known(world.files, body.file), { repliesTo });
  if (last === undefined) throw new Error('nothing to say');
  return last;
}

function known<Item>(all: ReadonlyMap<string, Item>, id: string): Item {
  const found = all.get(id);
  if (found === undefined) throw new Error(`there is no ${id}`);
  return found;
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
  if (body.playDead) faults.playDead();
  if (body.otherInstance) faults.otherInstance(body.otherInstance);
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
