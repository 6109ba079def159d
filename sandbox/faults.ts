/** Everything that can go wrong on the way, switched on by a test. Each fault counts down with the calls it spoils. */

/** What the platform says now and then, whatever was asked: a card that somebody presses, a busy service, the month's last call. */
export const refusals = {
  cardLocked: {
    code: 230099,
    status: 400,
    message: 'Failed to create card content, ext=ErrCode: 11310; ErrMsg: card action is lock; ErrorValue: ; ',
  },
  internalError: { code: 2200, status: 400, message: 'internal error' },
  quotaExceeded: { code: 99991403, status: 429, message: "This month's API call quota has been exceeded" },
} as const;
export type RefusalName = keyof typeof refusals;

/** What happens to one API call instead of a plain answer. */
export type CallFault =
  | { readonly kind: 'refusal'; readonly name: RefusalName }
  | { readonly kind: 'rateLimit'; readonly code: 99991400 | 230020; readonly resetSeconds: number }
  | { readonly kind: 'serverError' }
  | { readonly kind: 'timeout'; readonly delayMs: number | undefined }
  | { readonly kind: 'drop'; readonly afterStoring: boolean };

/** Another program on the same app: what of the deliveries the platform hands to it instead. */
export type OtherInstance = 'none' | 'some' | 'all';

export type Duplicates = 'off' | 'sameEventId' | 'newEventId';

/** What the fault needs from the rest of the sandbox. */
export interface FaultHooks {
  dropWebsockets(): void;
  playDead(dead: boolean): void;
  otherInstance(takes: OtherInstance): void;
  revokeTokens(): void;
  releaseEvents(): Promise<void>;
}

export class Faults {
  readonly #hooks: FaultHooks;
  readonly #planned: CallFault[] = [];
  #duplicates: Duplicates = 'off';
  #held = 0;

  constructor(hooks: FaultHooks) {
    this.#hooks = hooks;
  }

  /** The next calls are refused: HTTP 429 with 99991400 and the reset header, or HTTP 400 with 230020. */
  rateLimit(calls: number, options: { code?: 99991400 | 230020; resetSeconds?: number } = {}): void {
    this.#plan(calls, {
      kind: 'rateLimit',
      code: options.code ?? 99991400,
      resetSeconds: options.resetSeconds ?? 1,
    });
  }

  /** The next calls are refused so. */
  refuse(calls: number, name: RefusalName): void {
    this.#plan(calls, { kind: 'refusal', name });
  }

  /** The next calls meet a gateway that answers 502 with an HTML page. */
  serverErrors(calls: number): void {
    this.#plan(calls, { kind: 'serverError' });
  }

  /** The next calls are never answered, or answered only after `delayMs` of real time. */
  timeouts(calls: number, options: { delayMs?: number } = {}): void {
    this.#plan(calls, { kind: 'timeout', delayMs: options.delayMs });
  }

  /** The next calls lose their connection: before anything happened, or after the work was done and stored. */
  dropConnections(calls: number, options: { afterStoring?: boolean } = {}): void {
    this.#plan(calls, { kind: 'drop', afterStoring: options.afterStoring ?? false });
  }

  /** Every event comes twice: with the same event_id, or as a new event about the same message. */
  duplicateEvents(mode: Duplicates): void {
    this.#duplicates = mode;
  }

  /** The next `count` events are held back and then delivered in reverse order. */
  reorderEvents(count: number): void {
    this.#held = count;
  }

  /** Closes every long connection; the clients come back by themselves. */
  dropWebsockets(): void {
    this.#hooks.dropWebsockets();
  }

  /** The long connections stay open, but nothing comes through them any more, and none is answered. */
  playDead(dead = true): void {
    this.#hooks.playDead(dead);
  }

  /** Another program is connected with the same app: it gets every second delivery, or all. */
  otherInstance(takes: OtherInstance): void {
    this.#hooks.otherInstance(takes);
  }

  /** Every token issued so far stops working before its time. */
  revokeTokens(): void {
    this.#hooks.revokeTokens();
  }

  /** Ends all faults; events held back are delivered now. */
  async clear(): Promise<void> {
    this.#planned.length = 0;
    this.#duplicates = 'off';
    this.#held = 0;
    this.playDead(false);
    this.otherInstance('none');
    await this.#hooks.releaseEvents();
  }

  /** The fault of the call that just came in; used by the API. */
  nextCall(): CallFault | undefined {
    return this.#planned.shift();
  }

  /** How events are doubled now; used by the push. */
  get duplicates(): Duplicates {
    return this.#duplicates;
  }

  /** Whether the event at hand is to be held back, and whether it is the last one; used by the push. */
  holdEvent(): 'no' | 'yes' | 'last' {
    if (this.#held === 0) return 'no';
    this.#held -= 1;
    return this.#held === 0 ? 'last' : 'yes';
  }

  #plan(calls: number, fault: CallFault): void {
    for (let index = 0; index < calls; index += 1) this.#planned.push(fault);
  }
}
