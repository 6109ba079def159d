/** What the rest of the program knows of the platform: what comes in (`Inbound`) and how something goes out (`LarkPort`). */
import type { Readable } from 'node:stream';
import type { Logger } from 'pino';
import type { Card } from '../../cards/card.ts';

/** A typed line, a click, or a change of the bot's surroundings, after verification and parsing. */
export type Inbound =
  | InboundMessage
  | InboundAction
  | {
      readonly kind: 'botAdded';
      readonly eventId: string;
      readonly chatId: string;
      readonly chatName: string;
      readonly openId: string | undefined;
    }
  | { readonly kind: 'botRemoved'; readonly eventId: string; readonly chatId: string }
  | { readonly kind: 'chatEntered'; readonly eventId: string; readonly chatId: string; readonly openId: string }
  /** Somebody's account was deleted from the organisation; not who did it, hence no `openId` of an actor. */
  | { readonly kind: 'userDeleted'; readonly eventId: string; readonly deletedOpenId: string };

export interface InboundMessage {
  readonly kind: 'message';
  readonly eventId: string;
  readonly messageId: string;
  readonly chatId: string;
  readonly chatType: 'p2p' | 'group';
  readonly openId: string;
  /** The words without the mention of the bot; other mentions stand as @name. Empty for what is not text. */
  readonly text: string;
  /** Always true in a private chat. */
  readonly mentionsBot: boolean;
  readonly isText: boolean;
}

export interface InboundAction {
  readonly kind: 'action';
  readonly eventId: string;
  readonly messageId: string;
  readonly chatId: string;
  readonly openId: string;
  /** `action.value` of the pressed component, undecoded. */
  readonly value: unknown;
  /** Form fields by component name; empty and missing fields are both absent. */
  readonly form: Readonly<Record<string, string | readonly string[] | boolean>>;
  /** What was chosen in a select that stands in no form. */
  readonly option?: string | undefined;
}

/** What a delivery is answered with. Messages and chat changes are answered with an empty object. */
export interface CallbackAnswer {
  readonly toast?: { readonly type: 'info' | 'success' | 'warning' | 'error'; readonly content: string };
  readonly card?: { readonly type: 'raw'; readonly data: Card };
}

/**
 * Deals with one delivery, once. Rejects only for a fault of our own; the receiver then answers so that the platform retries.
 * `log` carries the delivery's number; without it the program's own log is used.
 */
export type Receive = (inbound: Inbound, log?: Logger) => Promise<CallbackAnswer>;

/** Keeps a delivery that could not be read. `body` is the decrypted JSON text. */
export type KeepUnreadable = (delivery: {
  readonly key: string;
  readonly body: string;
  readonly problem: string;
}) => Promise<void>;

/** At most 30 MB and not empty. */
export interface Upload {
  /** With its ending, as people see it. */
  readonly name: string;
  readonly bytes: number;
  /** The content from its beginning; asked for once for each attempt. */
  read(): Readable;
}

export interface LarkPort {
  /** Posts a card. The same uuid posts at most once within an hour. */
  post(message: {
    readonly target: string;
    readonly card: Card;
    readonly uuid: string;
  }): Promise<{ readonly messageId: string }>;
  /** Posts a card as an answer to a message. */
  reply(message: {
    readonly messageId: string;
    readonly card: Card;
    readonly uuid: string;
  }): Promise<{ readonly messageId: string }>;
  /** Hands a file over to the platform, which gives it a key for messages. Nobody sees it yet, so it may be repeated. */
  upload(file: Upload): Promise<{ readonly fileKey: string }>;
  /** Posts a file that was uploaded. The same uuid posts at most once within an hour. */
  postFile(message: {
    readonly target: string;
    readonly fileKey: string;
    readonly uuid: string;
  }): Promise<{ readonly messageId: string }>;
  /** Replaces the card of a message the bot sent. */
  update(message: { readonly messageId: string; readonly card: Card }): Promise<void>;
}

/**
 * What to do about a failed call.
 * `later`: rate limit, 5xx, time-out, no connection: the same call may succeed. `expired`: the card may no longer be updated
 * (14 days, recalled, deleted): post anew. `gone`: the receiver cannot be reached (bot removed, chat dissolved, user left):
 * keep it aside. `broken`: our request is wrong (card rejected, bad parameter): keep it aside and tell the admin.
 */
export type LarkFailure = 'later' | 'expired' | 'gone' | 'broken';

export class LarkError extends Error {
  override readonly name = 'LarkError';
  readonly failure: LarkFailure;
  /** The platform's code; undefined when no answer came. */
  readonly code: number | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(
    failure: LarkFailure,
    message: string,
    detail: { code?: number | undefined; retryAfterMs?: number | undefined } = {},
  ) {
    super(message);
    this.failure = failure;
    this.code = detail.code;
    this.retryAfterMs = detail.retryAfterMs;
  }
}
