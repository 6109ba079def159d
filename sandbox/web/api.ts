/** The sandbox's interface as the page uses it. */

export interface PersonInfo {
  readonly openId: string;
  readonly name: string;
  /** `安达社区代办员`, or that this person is no member of staff. */
  readonly part: string;
  readonly role: 'agent' | 'manager' | 'admin' | null;
  readonly level: string | null;
  /** Nobody plays the staff of other places. */
  readonly played: boolean;
}

export interface Chat {
  readonly chatId: string;
  readonly name: string;
  readonly mode: 'group' | 'p2p';
  readonly members: readonly string[];
  readonly hasBot: boolean;
  readonly dissolved: boolean;
}

export interface Message {
  readonly messageId: string;
  readonly chatId: string;
  /** Absent for the bot. */
  readonly senderOpenId?: string;
  readonly msgType: string;
  readonly content: string;
  readonly mentions: readonly { readonly key: string; readonly openId: string; readonly name: string }[];
  readonly parentId?: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly updated: boolean;
  readonly recalled: boolean;
  /** Of a file message. */
  readonly file?: { readonly name: string; readonly bytes: number };
}

export interface State {
  readonly now: number;
  readonly bot: { readonly openId: string; readonly name: string };
  readonly people: readonly { readonly openId: string; readonly name: string }[];
  readonly chats: readonly Chat[];
  readonly messages: readonly Message[];
}

export type Change =
  | { readonly kind: 'person' }
  | { readonly kind: 'chat'; readonly chat: Chat }
  | { readonly kind: 'message'; readonly message: Message };

export interface ActResult {
  readonly toast?: { readonly type?: string; readonly content?: string };
  readonly error?: { readonly code: number; readonly reason: string };
}

/** Where the clock is now, and how many messages the bot has sent to which chat meanwhile. */
export interface Moved {
  readonly now: number;
  readonly reminded: readonly { readonly chatId: string; readonly count: number }[];
}

/** A ledger entry about a case. */
export interface CaseEvent {
  readonly caseId: number;
  readonly kind: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

export interface Said {
  readonly openId: string;
  readonly chatId?: string;
  readonly text?: string;
  readonly mention?: boolean;
  /** Id of the message that is answered. */
  readonly repliesTo?: string;
  /** Keys of uploads. */
  readonly pictures?: readonly string[];
  readonly file?: string;
}

export interface CommandInfo {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  readonly example: string | null;
}

export interface Inside {
  readonly now: number;
  readonly calls: readonly {
    readonly at: number;
    readonly method: string;
    readonly path: string;
    readonly body: unknown;
    readonly status: number;
    readonly code?: number;
  }[];
  readonly deliveries: readonly {
    readonly at: number;
    readonly envelope: { readonly header: { readonly event_id: string; readonly event_type: string } };
    readonly delivered: { readonly ok: boolean };
  }[];
  readonly outbox: readonly {
    readonly id: number;
    readonly operation: string;
    readonly target: string;
    readonly status: string;
    readonly attempts: number;
    readonly createdAt: number;
    readonly error: string | null;
    readonly caseNumber: string | null;
  }[];
  readonly ledger: readonly {
    readonly townId: number;
    readonly seq: number;
    readonly town: string | null;
    readonly step: string;
    readonly caseNumber: string | null;
    readonly who: string | null;
    /** The person or unit of an entry without a case. */
    readonly about: string | null;
    readonly at: number;
    readonly payload: string;
    readonly prevHash: string;
    readonly hash: string;
  }[];
}

export interface GalleryEntry {
  readonly name: string;
  readonly title: string;
  readonly card: unknown;
  readonly bytes: number;
}

/** The sandbox said no, with its reason. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

export const api = {
  state: () => get<State>('/sandbox/state'),
  people: () => get<{ now: number; canReset: boolean; people: readonly PersonInfo[] }>('/sandbox/people'),
  commands: () => get<readonly CommandInfo[]>('/sandbox/commands'),
  inside: () => get<Inside>('/sandbox/inside'),
  gallery: () => get<readonly GalleryEntry[]>('/sandbox/gallery'),
  say: (body: Said) => post<Message>('say', body),
  /** The key of what was uploaded. */
  upload: async (kind: 'image' | 'file', file: File): Promise<string> => {
    const query = new URLSearchParams({ kind, name: file.name || '图片' });
    const headers = { 'content-type': 'application/octet-stream' };
    const response = await fetch(`/sandbox/upload?${query.toString()}`, { method: 'POST', headers, body: file });
    return (await answer<{ key: string }>(response)).key;
  },
  act: (body: { openId: string; messageId: string; path: string; choice?: unknown; form?: unknown }) =>
    post<ActResult>('act', body),
  enter: (openId: string) => post<object>('enter', { openId }),
  moveClock: (toMs: number) => post<Moved>('clock', { toMs }),
  /** Opens a group with the bot in it. */
  openGroup: (body: { openId: string; name: string; members: readonly string[] }) => post<Chat>('group', body),
  progress: () => get<readonly CaseEvent[]>('/sandbox/progress'),
  faults: (body: Readonly<Record<string, unknown>>) => post<object>('faults', body),
  reset: () => post<object>('reset', {}),
  fileUrl: (key: string) => `/sandbox/files/${encodeURIComponent(key)}`,
};

async function get<Answer>(path: string): Promise<Answer> {
  return answer<Answer>(await fetch(path));
}

async function post<Answer>(name: string, body: object): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  return answer<Answer>(await fetch(`/sandbox/${name}`, { method: 'POST', headers, body: JSON.stringify(body) }));
}

/** The page and the sandbox come from one checkout, so an answer has the shape its route is written with. */
async function answer<Answer>(response: Response): Promise<Answer> {
  const body: unknown = await response.json();
  if (response.ok) return body as Answer;
  const reason =
    typeof body === 'object' && body !== null && 'error' in body ? String(body.error) : response.statusText;
  throw new Refused(reason);
}
