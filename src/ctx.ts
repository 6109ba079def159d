/** What the running program consists of, and what every service is given of it: one transaction, the time, the keys, and who asks. */
import type { Logger } from 'pino';
import type { Database, Tx } from '../db/database.ts';
import type { AgentRow } from '../db/repositories/agent.ts';
import type { StoodInFor } from '../db/repositories/stand-in.ts';
import type { UnitRow } from '../db/repositories/unit.ts';
import { localDay } from './domain/calendar.ts';
import type { Person, Post } from './domain/permission.ts';
import { Refused } from './refusals.ts';
import type { Vault } from './vault.ts';

/** What everything that runs is built from. */
export interface Parts {
  readonly db: Database;
  readonly vault: Vault;
  /** IANA time zone of all local days. */
  readonly zone: string;
  /** Milliseconds since the epoch. */
  readonly clock: { now(): number };
  readonly log: Logger;
}

/** The same for whoever writes. */
export interface WritingParts extends Parts {
  /** Called after a commit: the outbox may have something to send. */
  readonly wake: () => void;
}

/** What reading needs: no actor, so that a card can be drawn when nobody asks. */
export interface Reading {
  readonly tx: Tx;
  /** Milliseconds since the epoch; the same throughout one transaction. */
  readonly now: number;
  /** IANA time zone of all local days. */
  readonly zone: string;
  readonly vault: Vault;
}

export interface Ctx extends Reading {
  readonly actor: Actor;
  /** The message whose button was pressed: the answer to the click already shows its new card. */
  readonly clickedMessageId?: string | undefined;
}

export interface Staff {
  readonly agent: AgentRow;
  readonly unit: UnitRow;
  /** 代班: the colleagues whose rights this person has now besides the own; absent where nobody asked. */
  readonly standsInFor?: readonly StoodInFor[] | undefined;
}

export type Actor =
  | ({ readonly kind: 'agent' } & Staff)
  /** Not staff, or not yet: `agent` is the application, if there is one. */
  | { readonly kind: 'stranger'; readonly openId: string; readonly agent: AgentRow | undefined }
  /** A job, or the program itself. */
  | { readonly kind: 'system'; readonly name: string };

/** For a transaction that a job or the program itself asks for; `name` says which. */
export function systemCtx({ clock, zone, vault }: Pick<Parts, 'clock' | 'zone' | 'vault'>, tx: Tx, name: string): Ctx {
  return { tx, now: clock.now(), zone, vault, actor: { kind: 'system', name } };
}

export function today(ctx: Pick<Reading, 'now' | 'zone'>): string {
  return localDay(ctx.now, ctx.zone);
}

/** The acting member of staff; refuses everybody else. */
export function requireStaff(ctx: Ctx): Staff {
  const { actor } = ctx;
  if (actor.kind === 'agent') return actor;
  throw new Refused(actor.kind === 'stranger' && actor.agent?.status === 'pending' ? 'staff_pending' : 'not_staff');
}

/** The acting member of staff as permission rules see one. */
export function personOf(staff: Staff): Person {
  return { ...postOf(staff), standsInFor: staff.standsInFor?.map(postOf) };
}

function postOf({ agent, unit }: Pick<Staff, 'agent' | 'unit'>): Post {
  return { agentId: agent.id, unitId: unit.id, unitLevel: unit.level, role: agent.role };
}
