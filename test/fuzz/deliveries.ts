/** Deliveries as the platform sends them, and what carelessness or malice makes of them. */
import fc from 'fast-check';
import { actions } from '../../src/actions/index.ts';
import { clickEnvelope, envelope, messageEnvelope, sealed, sign } from '../lark/support.ts';
import {
  ADA,
  ADMIN,
  BAI,
  BANNER,
  BANNER_MANAGER,
  CIVIL,
  CIVIL_CLERK,
  CLERK,
  ID_NUMBER,
  NAME,
  OTHER_CLERK,
  OTHER_TOWN,
  PHONE,
  SECOND,
  STRANGER,
  TOWN,
  TOWN_MANAGER,
  UNBOUND,
  VILLAGE,
} from '../support/scene.ts';

/** One request as it goes over the wire. */
export interface Knock {
  readonly method: string;
  readonly body: Buffer;
  readonly headers: Record<string, string>;
  /** Sent twice with the same bytes. */
  readonly replayed: boolean;
}

/** A button that stood on a card of the bot, whoever it was meant for. */
export interface Button {
  readonly value: unknown;
  /** The group it stands in; empty when it is an answer to a message or private. */
  readonly target: string;
  readonly messageId: string;
}

/** What the maker of a request knows of the bot at that moment. */
interface Seen {
  readonly buttons: readonly Button[];
  readonly count: number;
  /** A registration that can be submitted as it is. */
  readonly registration: Readonly<Record<string, unknown>>;
}

/** What a case is made of before the time and the nonce are known. */
export interface Plan {
  readonly envelope: (seen: Seen) => unknown;
  /** Changes to the envelope's JSON, by the position of the node in it. */
  readonly mutations: readonly { at: number; to: unknown; how: 'replace' | 'delete' | 'add' }[];
  readonly wrapping: 'sealed' | 'plain' | 'garbage' | 'cut' | 'flipped' | 'deep';
  readonly header: 'good' | 'none' | 'stale' | 'future' | 'wrong' | 'odd';
  readonly method: string;
  readonly replayed: boolean;
  readonly noise: string;
}

const people = [ADA, BAI, CLERK, SECOND, CIVIL_CLERK, TOWN_MANAGER, BANNER_MANAGER, OTHER_CLERK, ADMIN, STRANGER];
const chats = [VILLAGE, TOWN, CIVIL, BANNER, OTHER_TOWN, UNBOUND, 'oc_nowhere'];
const commands =
  '/登记 /待办 /查 /事项 /我 /帮助 /统计 /排名 /停用 /调动 /角色 /解绑 /绑定 /初始化 /new /todo /find /items /me /help /stats /bind /setup ／登记'.split(
    ' ',
  );
const words = [
  '低保',
  NAME,
  PHONE,
  ID_NUMBER,
  '26-01-00001',
  '1234',
  '本月',
  '2026Q3',
  '安达社区',
  '巴彦托海镇',
  'dibao',
];
const hostile = [
  '<at id=all></at>',
  '**粗**[x](http://x)',
  "'; drop table cases; --",
  '=HYPERLINK("http://x")',
  '\u0000\u202e\ufeff',
  '👨‍👩‍👧‍👦'.repeat(50),
  'x'.repeat(5000),
  '\ud800',
  '__proto__',
];

/** What is copied out of a table or a web page, up to what the platform lets through. */
const pasted: fc.Arbitrary<string> = fc
  .record({
    before: fc.constantFrom('', 'a', '/登记 ', '/事项 ', '/查 ', '/统计 ', '/台账 '),
    piece: fc.constantFrom(
      ...['1 ', '138 ', `${PHONE}\n`, `${ID_NUMBER}\t`, `${NAME} `, '低保 ', '本月 ', '.', '-', '·', '（', ' ', '\n'],
      ...['１', '\u0301\u0323', '\ufdfa', '👨‍👩‍👧‍👦', 'Ganbold ', '按镇 ', '26-01-', '<', '@_user_1 '],
    ),
    bytes: fc.constantFrom(600, 600, 5_000, 150_000),
    after: fc.constantFrom('', 'x', '1'),
  })
  .map(({ before, piece, bytes, after }) => before + piece.repeat(bytes / Buffer.byteLength(piece)) + after);

const person = fc.constantFrom(...people);
const chat = fc.constantFrom(...chats);
const text: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...words, ...hostile) },
  { weight: 8, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: pasted },
  {
    weight: 8,
    arbitrary: fc
      .array(fc.constantFrom(...commands, ...words, ...hostile, '@_user_1', '@_all', ' '), { maxLength: 6 })
      .map((parts) => parts.join(' ')),
  },
);
const anything: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, '', 0, -1, 1e308, true, [], {}, 'ou_ada', 'oc_town', { $ref: '#' }),
  text,
  fc.jsonValue({ maxDepth: 4 }),
  fc.integer(),
);

const line = fc
  .tuple(fc.constantFrom(...commands), fc.array(fc.oneof(fc.constantFrom(...words), text), { maxLength: 3 }))
  .map(([command, rest]) => [command, ...rest].join(' '));

const message: fc.Arbitrary<Plan['envelope']> = fc
  .record({
    who: person,
    where: chat,
    type: fc.constantFrom('text', 'text', 'text', 'post', 'image', 'interactive'),
    typed: fc.oneof(line, line, text),
    privately: fc.boolean(),
    sameMessage: fc.boolean(),
  })
  .map(({ who, where, type, typed, privately, sameMessage }) => ({ count }) => {
    const id = sameMessage ? count % 50 : count;
    const post = {
      title: typed,
      content: [
        [
          { tag: 'at', user_id: '@_user_1' },
          { tag: 'text', text: typed },
        ],
      ],
    };
    const content = JSON.stringify(type === 'post' ? post : { text: `@_user_1 ${typed}` });
    const place = privately ? { chat_id: `oc_p2p_${who}`, chat_type: 'p2p' } : { chat_id: where, chat_type: 'group' };
    const whole = messageEnvelope(
      { message_id: `om_fuzz${id}`, message_type: type, content, ...place },
      { event_id: `ev_fuzz${count}` },
    );
    const event = { ...(whole.event as object), sender: { sender_id: { open_id: who }, sender_type: 'user' } };
    return { ...whole, event };
  });

const form = fc.dictionary(
  fc.constantFrom(
    ...['applicantName', 'phone', 'idNumber', 'residence', 'item', 'way', 'consent', 'onTheSpot', 'remarks', 'note'],
    ...[
      'reason',
      'materials',
      'rating',
      'comment',
      'outcome',
      'deliveryWay',
      'unit',
      'role',
      'name',
      'employment',
      'x',
    ],
  ),
  fc.oneof(
    fc.constantFrom<unknown>(
      true,
      false,
      '1',
      '2',
      '3',
      '5',
      '12',
      'counter',
      'granted',
      'refused',
      'fullTime',
      NAME,
      PHONE,
    ),
    text,
    anything,
  ),
  { maxKeys: 8 },
);

/** What would be taken: the form of a registration (given when the request is made) with all that the steps ask for. */
const stepFields = fc.record({
  note: fc.constant('材料齐全'),
  rating: fc.constantFrom('1', '2', '3', '5'),
  comment: fc.constant('很快'),
});
const filled = stepFields.map((fields) => ({ filled: fields }));

const forged = fc.record(
  {
    v: fc.constantFrom<unknown>(1, 1, 1, 0, 2, '1', null),
    action: fc.oneof(fc.constantFrom<unknown>(...Object.keys(actions)), anything),
    caseId: fc.oneof(fc.integer({ min: 1, max: 200 }), anything),
    version: fc.oneof(fc.integer({ min: 0, max: 8 }), anything),
    draftId: fc.oneof(fc.integer({ min: 1, max: 200 }), anything),
    agentId: fc.oneof(fc.integer({ min: 1, max: 15 }), anything),
    townId: fc.oneof(fc.integer({ min: 1, max: 60 }), anything),
    month: fc.constantFrom<unknown>('2026-10', '2026-11', '2026-13', '9999-99', 7),
    line: fc.oneof(line, text, anything),
  },
  { requiredKeys: ['v', 'action'] },
);

/** Not what only opens another card. */
const step = /"case\.(?!ask|print|open|explainDue|responsible)/;

const click: fc.Arbitrary<Plan['envelope']> = fc
  .record({
    who: person,
    which: fc.nat(400),
    /** Pressed as it stands, with one property changed, or made up altogether. */
    kind: fc.constantFrom('pressed', 'pressed', 'pressed', 'changed', 'forged'),
    made: forged,
    key: fc.constantFrom('v', 'action', 'caseId', 'version', 'draftId', 'agentId', 'line', 'extra', '__proto__'),
    to: anything,
    fields: fc.oneof(form, filled, filled, filled, fc.constant({})),
    /** A step of a case, by somebody of the usual path: most other presses end at the first question. */
    onCase: fc.boolean(),
    usual: fc.constantFrom(ADA, BAI, CLERK, SECOND, CIVIL_CLERK, TOWN_MANAGER),
    where: chat,
    privately: fc.boolean(),
  })
  .map((picked) => ({ buttons, count, registration }) => {
    const { which, kind, made, key, to, fields, where, privately, onCase } = picked;
    const who = onCase ? picked.usual : picked.who;
    const offered = onCase ? buttons.filter(({ value }) => step.test(JSON.stringify(value))) : buttons;
    const button = offered[offered.length - 1 - (which % Math.max(1, offered.length))];
    const form = 'filled' in fields ? { ...registration, ...(fields.filled as object) } : fields;
    const own = kind === 'forged' ? undefined : button;
    const asWas = own?.value ?? made;
    const value = kind === 'changed' && typeof asWas === 'object' && asWas !== null ? { ...asWas, [key]: to } : asWas;
    const whole = clickEnvelope({
      operator: { open_id: who },
      action: { value, tag: 'button', form_value: form },
      context: {
        open_message_id: own?.messageId ?? 'om_forged',
        open_chat_id: privately ? `oc_p2p_${who}` : own?.target || where,
      },
    });
    return { ...whole, header: { ...whole.header, event_id: `ev_fuzz${count}` } };
  });

const surroundings: fc.Arbitrary<Plan['envelope']> = fc
  .record({
    type: fc.constantFrom(
      'im.chat.member.bot.added_v1',
      'im.chat.access_event.bot_p2p_chat_entered_v1',
      'im.message.reaction.created_v1',
      'contact.user.deleted_v3',
    ),
    where: chat,
    who: person,
    name: text,
  })
  .map(
    ({ type, where, who, name }) =>
      ({ count }) =>
        envelope(type, { chat_id: where, name, operator_id: { open_id: who } }, { event_id: `ev_fuzz${count}` }),
  );

/** Three in four requests are signed and sealed as they should be: what the door refuses tests only the door. */
export const plan: fc.Arbitrary<Plan> = fc.record({
  envelope: fc.oneof(
    { weight: 6, arbitrary: click },
    { weight: 4, arbitrary: message },
    { weight: 1, arbitrary: surroundings },
    { weight: 1, arbitrary: anything.map((value) => () => value) },
  ),
  mutations: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    {
      weight: 1,
      arbitrary: fc.array(
        fc.record({
          at: fc.nat(40),
          to: anything,
          how: fc.constantFrom('replace' as const, 'delete' as const, 'add' as const),
        }),
        { minLength: 1, maxLength: 3 },
      ),
    },
  ),
  wrapping: fc.oneof(
    { weight: 9, arbitrary: fc.constant('sealed' as const) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'plain' as const,
        'garbage' as const,
        'cut' as const,
        'flipped' as const,
        'deep' as const,
      ),
    },
  ),
  header: fc.oneof(
    { weight: 9, arbitrary: fc.constant('good' as const) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'none' as const,
        'stale' as const,
        'future' as const,
        'wrong' as const,
        'odd' as const,
      ),
    },
  ),
  method: fc.oneof(
    { weight: 40, arbitrary: fc.constant('POST') },
    { weight: 1, arbitrary: fc.constantFrom('GET', 'PUT', 'DELETE') },
  ),
  replayed: fc.oneof({ weight: 15, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  noise: fc.string({ maxLength: 20 }),
});

/** The request of a plan at this moment. */
export function knock(of: Plan, at: Seen & { now: number }): Knock {
  const payload = mutated(of.envelope(at), of.mutations);
  const body = wrapped(payload, of);
  return { method: of.method, body, headers: headersOf(of, { body, now: at.now }), replayed: of.replayed };
}

function wrapped(payload: unknown, { wrapping, noise }: Plan): Buffer {
  if (wrapping === 'plain') return Buffer.from(JSON.stringify(payload) ?? '');
  if (wrapping === 'garbage') return Buffer.from(noise, 'utf16le');
  if (wrapping === 'deep') return Buffer.from(`${'['.repeat(20_000)}${']'.repeat(20_000)}`);
  const whole = Buffer.from(sealed(payload ?? null));
  if (wrapping === 'cut') return whole.subarray(0, whole.length >> 1);
  if (wrapping === 'flipped') {
    const at = 12 + ((noise.length * 37) % Math.max(1, whole.length - 14));
    whole[at] = (whole[at] ?? 0) ^ 1;
  }
  return whole;
}

function headersOf({ header, noise }: Plan, of: { body: Buffer; now: number }): Record<string, string> {
  const seconds = Math.floor(of.now / 1000);
  const type = { 'content-type': 'application/json' };
  switch (header) {
    case 'none':
      return type;
    case 'good':
      return { ...type, ...sign(of.body, { timestamp: String(seconds) }) };
    case 'stale':
      return { ...type, ...sign(of.body, { timestamp: String(seconds - 301) }) };
    case 'future':
      return { ...type, ...sign(of.body, { timestamp: String(seconds + 400) }) };
    case 'wrong':
      return { ...type, ...sign(of.body, { timestamp: String(seconds), key: 'another key' }) };
    case 'odd': {
      const strange = Buffer.from(noise).toString('hex').slice(0, 12) || '-';
      return { 'content-type': `text/${strange}`, ...sign(of.body, { timestamp: strange, nonce: strange }) };
    }
  }
}

/** A copy with single nodes replaced, deleted or given a neighbour; `at` counts the nodes in the order of reading. */
function mutated(payload: unknown, mutations: Plan['mutations']): unknown {
  let copy: unknown = structuredClone(payload);
  for (const { at, to, how } of mutations) {
    const places = placesIn(copy);
    const place = places[at % Math.max(1, places.length)];
    if (!place) return to;
    if (how === 'replace') place.owner[place.key] = to;
    else if (how === 'delete') delete place.owner[place.key];
    else place.owner[`${place.key}_`] = to;
    copy = structuredClone(copy);
  }
  return copy;
}

function placesIn(node: unknown): { owner: Record<string, unknown>; key: string }[] {
  if (typeof node !== 'object' || node === null) return [];
  const owner = node as Record<string, unknown>;
  return Object.keys(owner).flatMap((key) => [{ owner, key }, ...placesIn(owner[key])]);
}
