import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CatchUp, createCatchUp } from '../src/catch-up.ts';
import { createEventFlow, type EventFlow } from '../src/event-flow.ts';
import type { ListedChat, ListedMessage } from '../src/lark/history.ts';
import { type InboundMessage, LarkError } from '../src/lark/port.ts';
import { changeConnectionState, connectionState } from '../src/services/connection/state.ts';
import { at, type Office, openOffice, ZONE } from './support/office.ts';

const HOUR_MS = 3_600_000;
const later = new LarkError('later', 'HTTP 503');

let office: Office;
let asked: string[];
/** Since when each list was asked for. */
let from: number[];
/** What a chat's list is, or fails with; empty unless given. */
let lists: Map<string, Error | ListedMessage[]>;
let got: string[];
let bot: string | undefined;
/** Whether the tenant lets the app read groups, or how the question fails. */
let readsGroups: boolean | Error;
/** What happens while a chat is listed. */
let meanwhile: (chatId: string) => Promise<void>;
let flow: EventFlow;
let catchUp: CatchUp;
let reconnects: number;
/** `gap 3`, as it is counted. */
let done: string[];

const agents = ['ou_bao', 'ou_qi', 'ou_suo', 'ou_wu', 'ou_na'];
const chatOf = (openId: string) => `oc_p2p_${openId}`;
const chats = agents.map(chatOf);
const missingParts = () => ({
  ...{ db: office.db, clock: office.clock, log: pino({ level: 'silent' }), botOpenId: () => bot },
  history: {
    async list({ chatId }: ListedChat, since: number) {
      asked.push(chatId);
      from.push(since);
      await meanwhile(chatId);
      const list = lists.get(chatId) ?? [];
      if (list instanceof Error) throw list;
      return list;
    },
    async readsGroups() {
      if (readsGroups instanceof Error) throw readsGroups;
      return readsGroups;
    },
    takeCalls: () => 3,
  },
  entrance: {
    receive: async (inbound: { kind: string; messageId?: string }) => {
      got.push(inbound.messageId ?? inbound.kind);
      return {};
    },
    keepUnreadable: async () => {},
    passOver: async () => {},
  },
});

/** What a list brought another process. */
const listed: InboundMessage = {
  kind: 'message',
  eventId: 'listed:om_other',
  messageId: 'om_other',
  chatId: 'oc_p2p_ou_suo',
  chatType: 'p2p',
  openId: 'ou_suo',
  text: '/我',
  mentionsBot: true,
  files: [],
};

function written(messageId: string, chatId: string, createdAt: number): ListedMessage {
  const message = {
    message_id: messageId,
    chat_id: chatId,
    chat_type: 'p2p',
    message_type: 'text',
    content: '{"text":"/待办"}',
  };
  const sender = { sender_id: { open_id: 'ou_bao' }, sender_type: 'user' };
  const header = { event_id: `listed:${messageId}`, event_type: 'im.message.receive_v1' };
  return { messageId, createdAt, mentioned: [], envelope: { header, event: { sender, message } } };
}

/** A program starts on the database, and is connected. */
async function begins({ mayHaveSiblings = false } = {}): Promise<void> {
  const { clock, vault } = office;
  flow = createEventFlow({ clock, zone: ZONE, connects: true, mayHaveSiblings });
  catchUp = createCatchUp({
    ...missingParts(),
    ...{ flow, vault, zone: ZONE, isLosing: () => false },
    reconnect: () => {
      reconnects += 1;
    },
    onCaughtUp: ({ why, messages }) => void done.push(`${why} ${messages}`),
  });
  await catchUp.prepare();
  flow.up();
}

beforeEach(async () => {
  office = await openOffice({ now: '2026-11-23T10:00', adminOpenIds: [] });
  for (const [index, openId] of agents.entries()) {
    await office.hire({ openId, name: `代办员${index}`, unit: '巴彦托海镇' });
  }
  for (const openId of agents) await office.says(openId, '/我');
  asked = [];
  from = [];
  lists = new Map();
  got = [];
  bot = 'ou_bot';
  readsGroups = true;
  meanwhile = async () => {};
  done = [];
  reconnects = 0;
  await begins();
});
afterEach(() => office.close());

const passes = async (ms: number) => {
  office.clock.advance(ms);
  await catchUp.look();
};
const state = () => office.db.read((tx) => connectionState(tx));

/** The connection was gone for so long. */
function goneFor(ms: number): void {
  flow.down(office.clock.now());
  office.clock.advance(ms);
  flow.up();
}

describe('after a gap', () => {
  it('does chat by chat, and comes back only to those that could not be read', async () => {
    const { clock } = office;
    for (const chat of chats) lists.set(chat, [written(`om_${chat}`, chat, clock.now() + 60_000)]);
    const [first, second = '', ...rest] = chats;
    lists.set(second, later);
    goneFor(HOUR_MS);
    await catchUp.look();
    expect(asked).toEqual(chats);
    expect(got).toEqual([first, ...rest].map((chat) => `om_${chat}`));
    expect(done).toEqual([]);
    expect((await state())?.owed).toEqual({ since: at('2026-11-23T10:00'), until: at('2026-11-23T11:00') });
    lists.set(second, [written('om_late', second, clock.now() - 60_000)]);
    await passes(60_000);
    expect(asked.slice(chats.length)).toEqual([second]);
    expect(got.at(-1)).toBe('om_late');
    expect(done).toEqual([`gap ${chats.length}`]);
    expect((await state())?.owed).toBeNull();
  });

  it('asks no more after three chats in a row that could not be read, and begins with the others then', async () => {
    for (const chat of chats.slice(0, 3)) lists.set(chat, later);
    goneFor(HOUR_MS);
    await catchUp.look();
    expect(asked).toEqual(chats.slice(0, 3));
    lists.clear();
    await passes(60_000);
    expect(asked.slice(3)).toEqual([...chats.slice(3), ...chats.slice(0, 3)]);
  });

  it('ends where the app lacks the scope, and says so until it has it', async () => {
    for (const chat of chats) lists.set(chat, new LarkError('later', 'Access denied', { code: 99991672 }));
    goneFor(HOUR_MS);
    await catchUp.look();
    expect(asked).toEqual(chats.slice(0, 1));
    expect(flow.owed()).toBeUndefined();
    expect(await state()).toMatchObject({ owed: null, deniedAt: office.clock.now() });
    expect(flow.troubles().map(({ lines }) => lines.join(''))).toEqual([
      expect.stringContaining('im:message:readonly'),
    ]);
    lists.clear();
    goneFor(HOUR_MS);
    await catchUp.look();
    expect(await state()).toMatchObject({ deniedAt: null, listed: { month: '2026-11', calls: 6 } });
  });

  it('lists nothing where another process on the database received meanwhile, but does where it stopped as well', async () => {
    for (const [quietMs, lists] of [
      [299_999, 0],
      [300_000, chats.length],
    ] as const) {
      asked = [];
      flow.down(office.clock.now());
      office.clock.advance(HOUR_MS);
      await office.says('ou_bao', '/我');
      office.clock.advance(quietMs);
      flow.up();
      await catchUp.look();
      expect(asked).toHaveLength(lists);
      expect(flow.owed()).toBeUndefined();
    }
  });

  it('waits with groups until the bot knows who it is: only mentions of it count there', async () => {
    await office.bindGroup('oc_town', '巴彦托海镇');
    bot = undefined;
    const line = written('om_town', 'oc_town', office.clock.now() + 60_000);
    lists.set('oc_town', [{ ...line, mentioned: ['ou_bot'] }, written('om_other', 'oc_town', line.createdAt)]);
    goneFor(HOUR_MS);
    await catchUp.look();
    expect(asked).toEqual(chats);
    expect(flow.owed()).toBeDefined();
    bot = 'ou_bot';
    await passes(60_000);
    expect(got).toEqual(['om_town']);
    expect(flow.owed()).toBeUndefined();
  });
});

/** A message that never came is found by the check of a few chats. */
async function finds(messageId: string): Promise<void> {
  const [chat = ''] = chats;
  lists.set(chat, [written(messageId, chat, office.clock.now() + 120_000)]);
  for (let look = 0; look < 20 && !got.includes(messageId); look += 1) await passes(HOUR_MS / 2);
  expect(got.filter((one) => one === messageId)).toHaveLength(1);
  lists.clear();
  asked = [];
  from = [];
}

it('lists all chats at most once a day for what was found by chance, and tells of no gap for it', async () => {
  await finds('om_1');
  expect(reconnects).toBe(1);
  await passes(60_000);
  expect(asked).toEqual(chats);
  expect(from).toEqual(chats.map(() => at('2026-11-23T10:00')));
  expect(flow.troubles().map(({ key }) => key)).toEqual(['events-missed']);
  const sweptAt = office.clock.now();

  await finds('om_2');
  await passes(60_000);
  expect(asked).toEqual([]);
  office.clock.advance(sweptAt + 23 * HOUR_MS - 1 - office.clock.now());
  await catchUp.look();
  expect(asked.length).toBeLessThan(3);
  asked = [];
  from = [];
  await passes(1);
  expect(asked).toEqual(chats);
  expect(from).toEqual(chats.map(() => sweptAt - 120_000));
  expect(flow.owed()).toBeUndefined();
});

it('lists all chats no second time that day after a restart, and still does what was owed then', async () => {
  /** What was written meanwhile is looked for as after any gap. */
  const restarts = async () => {
    await begins();
    await catchUp.look();
    asked = [];
    from = [];
  };
  await finds('om_1');
  await passes(60_000);
  expect(asked).toEqual(chats);
  const sweptAt = office.clock.now();
  await restarts();
  await finds('om_2');
  await passes(60_000);
  expect(asked).toEqual([]);
  await restarts();
  office.clock.advance(sweptAt + 23 * HOUR_MS - 1 - office.clock.now());
  await catchUp.look();
  expect(asked.length).toBeLessThan(3);
  asked = [];
  from = [];
  await passes(1);
  expect(asked).toEqual(chats);
  // Before it was connected the gap was looked through.
  expect(from).toEqual(chats.map(() => sweptAt));
  await restarts();
  await passes(60_000);
  expect(asked).toEqual([]);
});

it('goes on with a listing of all chats that could not begin or broke off', async () => {
  await finds('om_1');
  readsGroups = later;
  await office.bindGroup('oc_town', '巴彦托海镇');
  await passes(60_000);
  expect(asked).toEqual([]);
  readsGroups = false;
  lists.set(chats[1] ?? '', later);
  await passes(60_000);
  expect(asked).toEqual(chats);
  asked = [];
  lists.clear();
  await passes(120_000);
  expect(asked).toEqual(chats.slice(1, 2));
  expect((await state())?.unsureSince).toBeNull();
});

it('begins a listing of all chats anew that ended with its program, as soon as nobody can be at it', async () => {
  await finds('om_1');
  lists.set(chats[1] ?? '', later);
  await passes(60_000);
  expect(asked).toEqual(chats);
  const begunAt = office.clock.now();
  await begins();
  await catchUp.look();
  asked = [];
  from = [];
  lists.clear();
  office.clock.advance(begunAt + 15 * 60_000 - 1 - office.clock.now());
  await catchUp.look();
  expect(asked.length).toBeLessThan(3);
  asked = [];
  from = [];
  await passes(1);
  expect(asked).toEqual(chats);
  expect(from).toEqual(chats.map(() => at('2026-11-23T10:00')));
  expect((await state())?.unsureSince).toBeNull();
});

it('lists all chats once more the day after for what another process found meanwhile', async () => {
  await finds('om_1');
  meanwhile = async (chatId) => {
    if (chatId !== chats[2]) return;
    const missed = { at: office.clock.now(), messages: 1 };
    await office.db.write((tx) => changeConnectionState({ tx, now: office.clock.now() }, { missed }));
  };
  await passes(60_000);
  expect(asked).toEqual(chats);
  const begunAt = office.clock.now();
  expect((await state())?.unsureSince).toBe(begunAt);
  meanwhile = async () => {};
  office.clock.advance(23 * HOUR_MS - 60_000);
  await catchUp.look();
  asked = [];
  from = [];
  await passes(60_000);
  expect(asked).toEqual(chats);
  expect((await state())?.unsureSince).toBeNull();
});

it('lists all chats after all once the app has the scope for it', async () => {
  await finds('om_1');
  for (const chat of chats) lists.set(chat, new LarkError('later', 'Access denied', { code: 99991672 }));
  await passes(60_000);
  expect(asked).toEqual(chats.slice(0, 1));
  lists.clear();
  office.clock.advance(23 * HOUR_MS - 60_000);
  await catchUp.look();
  asked = [];
  await passes(60_000);
  expect(asked).toEqual(chats);
});

describe('with other processes on the database', () => {
  beforeEach(async () => {
    await begins({ mayHaveSiblings: true });
  });

  const told = () => flow.troubles().map(({ key, lines }) => `${key} ${lines.join('')}`);
  /** Half an hour and more after it was written, though the other process receives what comes later. */
  async function losesOne(meanwhile: () => Promise<void>): Promise<void> {
    const [chat = ''] = chats;
    lists.set(chat, [written('om_lost', chat, office.clock.now() + 120_000)]);
    office.clock.advance(10 * 60_000);
    await meanwhile();
    await passes(50 * 60_000);
    expect(got).toEqual(['om_lost']);
  }

  it('names a third program where another process received what came after the lost message', async () => {
    await losesOne(async () => void (await office.says('ou_qi', '/我')));
    expect(told()).toEqual([expect.stringMatching(/^second-instance .*连着同一个数据库的几个进程不算/)]);
  });

  it('makes its connection anew where only another process received, and says so', async () => {
    await losesOne(async () => void (await office.says('ou_qi', '/我')));
    expect(reconnects).toBe(1);
    expect(told()).toEqual([expect.stringContaining('只是这一个进程的连接不通了，已经重新建立')]);
  });

  it('keeps a connection by which other messages came', async () => {
    await losesOne(async () => flow.heard());
    expect(reconnects).toBe(0);
    expect(told()).toEqual([expect.not.stringContaining('重新建立')]);
  });

  it('does not take for delivered what another process took in from a list', async () => {
    const late = { writtenAt: office.clock.now(), isFirst: true };
    await losesOne(async () => void (await office.app.receive({ ...listed, late })));
    expect(told()).toEqual([expect.stringMatching(/^events-missed .*这一个进程的连接已经重新建立/)]);
    expect(reconnects).toBe(1);
  });

  it('says of a lost connection and of a gap only what is true of this one', async () => {
    flow.down(office.clock.now());
    office.clock.advance(HOUR_MS);
    expect(told()).toEqual([
      expect.stringMatching(
        /^connection 这一个进程的长连接已经断开 60 分钟，大家发的消息和点的按钮都收不到，除非另有进程连着/,
      ),
    ]);
    lists.set(chats[0] ?? '', [written('om_1', chats[0] ?? '', office.clock.now() - 60_000)]);
    flow.up();
    await catchUp.look();
    expect(told()).toEqual([expect.stringMatching(/^caught-up:\d+ 这一个进程最近一次收到是/)]);
  });
});
