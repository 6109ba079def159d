import * as lark from '@larksuiteoapi/node-sdk';
import { onTestFinished } from 'vitest';
import * as z from 'zod';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/index.ts';

process.env['NO_PROXY'] = '127.0.0.1,localhost';

const silent = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };

/** Runs after the test, the last one registered first. */
export function afterTest(cleanup: () => Promise<void> | void): void {
  onTestFinished(cleanup);
}

/** A clock that stands until it is moved. */
function standingClock(at = Date.UTC(2026, 10, 2, 1)) {
  let now = at;
  return {
    now: () => now,
    move: (ms: number) => {
      now += ms;
    },
    set: (ms: number) => {
      now = ms;
    },
  };
}

/** A sandbox with two people in a group with the bot. */
export async function village(options: Partial<SandboxOptions> = {}) {
  const clock = standingClock();
  const sandbox = await startSandbox({ clock, onClock: clock.set, ...options });
  afterTest(() => sandbox.close());
  const ada = sandbox.addPerson({ name: '阿达' });
  const bao = sandbox.addPerson({ name: '宝音' });
  const group = sandbox.addGroup({ name: '镇中心', members: [ada, bao] });
  return { sandbox, clock, ada, bao, group };
}

/** The real SDK client, with a token cache of its own that goes by the sandbox's clock. */
export function sdkClient(sandbox: Sandbox, options: { appSecret?: string } = {}) {
  const kept = new Map<unknown, { value: unknown; until: number }>();
  const cache = {
    get: async (key: unknown) => {
      const found = kept.get(key);
      return found !== undefined && found.until > sandbox.world.clock.now() ? found.value : undefined;
    },
    set: async (key: unknown, value: unknown, until?: number) => {
      // The SDK reckons the expiry by the machine's clock; what counts here is the life that is left.
      kept.set(key, { value, until: sandbox.world.clock.now() + ((until ?? Number.POSITIVE_INFINITY) - Date.now()) });
      return true;
    },
  };
  const { appId, url } = sandbox;
  return new lark.Client({
    appId,
    appSecret: options.appSecret ?? sandbox.appSecret,
    domain: url,
    logger: silent,
    cache,
  });
}

/** The real SDK long connection; resolves when it listens. */
export async function sdkSocket(sandbox: Sandbox, handlers: Record<string, (data: never) => unknown>) {
  const client = new lark.WSClient({
    appId: sandbox.appId,
    appSecret: sandbox.appSecret,
    domain: sandbox.url,
    logger: silent,
  });
  afterTest(() => client.close({ force: true }));
  await client.start({ eventDispatcher: new lark.EventDispatcher({ logger: silent }).register(handlers) });
  await sandbox.connected();
  return client;
}

/** A card with a text and the given further elements. */
export function card(...elements: unknown[]) {
  return { schema: '2.0', body: { elements: [{ tag: 'markdown', content: '您好' }, ...elements] } };
}

/** A button that calls back with its own label. */
export function button(label: string, more: Record<string, unknown> = {}) {
  const behaviors = [{ type: 'callback', value: { pressed: label } }];
  return { tag: 'button', text: { tag: 'plain_text', content: label }, behaviors, ...more };
}

/** Sends a card into a chat as the bot would, without going through the API. */
export function post(sandbox: Sandbox, message: { chatId: string; card: unknown }) {
  const content = JSON.stringify(message.card);
  return sandbox.world.addMessage({ chatId: message.chatId, senderOpenId: undefined, msgType: 'interactive', content });
}

const answer = z.object({ code: z.number() });

/** The platform's code of a refused call, whether the SDK threw or resolved. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    return `200 ${answer.parse(await call).code}`;
  } catch (error) {
    const { response } = error as { response?: { status: number; data: { code?: number } } };
    return response === undefined ? 'no answer' : `${response.status} ${response.data.code}`;
  }
}
