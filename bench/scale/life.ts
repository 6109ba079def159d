/**
 * The life of one invented case: the steps of `src/domain/case.ts` with times, returns, escalations, forgotten ones and
 * ratings, up to the present. What each step writes is what the product's services write.
 */
import type { NewCase } from '../../db/repositories/case.ts';
import type { ItemRow } from '../../db/repositories/item.ts';
import type { CaseEvent, CaseStep } from '../../src/domain/case.ts';
import { higherHolder, mayCompleteOnTheSpot } from '../../src/domain/routing.ts';
import { settings } from '../../src/services/settings.ts';
import { BAD_BELOW, deliveryWay, meanMinutes, NOTE_SHARE, ratings, serviceWay, shares } from './odds.ts';
import type { OfficeTime } from './office-time.ts';
import type { Places, Station, Town } from './places.ts';
import type { Random } from './random.ts';
import type { Resident } from './residents.ts';

export interface LifeEvent {
  /** Working minutes. */
  readonly minutes: number;
  readonly kind: string;
  readonly actor: { readonly agentId: number; readonly unitId: number } | 'system';
  readonly payload: Readonly<Record<string, unknown>>;
  readonly sealed: string | null;
}

type Row = Omit<NewCase, 'id'>;

export interface Life {
  readonly row: Row;
  readonly item: ItemRow;
  readonly registering: Station;
  readonly events: readonly LifeEvent[];
}

export interface World {
  readonly places: Places;
  readonly time: OfficeTime;
  readonly random: Random;
}

/** Somebody comes to be registered, of `town`, at `minutes`. */
interface Visit {
  readonly town: Town;
  readonly resident: Resident;
  readonly minutes: number;
  readonly caseNumber: string;
  readonly applicantId: number;
}

interface Registered extends Visit {
  readonly residence: Station;
  readonly registering: Station;
  readonly item: ItemRow;
}

/** What becomes of the case that a visit begins, up to the last moment of the world. */
export function liveCase(world: World, visit: Visit): Life {
  const { random, places } = world;
  const { town } = visit;
  const residence = random.chance(shares.ofTheTownItself) ? town : random.pick(town.villages);
  const where = random.next();
  const registering =
    where < shares.aboveTown ? town.banner : where < shares.aboveTown + shares.townWindow ? town : residence;
  const item = places.items[Math.floor(random.next() ** 2 * places.items.length)];
  if (!item) throw new Error('the catalogue is empty');
  return new Living(world, { ...visit, residence, registering, item }).run();
}

class Living {
  readonly #world: World;
  readonly #case: Registered;
  readonly #events: LifeEvent[] = [];
  readonly #row: Row;
  readonly #registrar: { agentId: number; unitId: number };
  #holder: Station;
  #minutes: number;

  constructor(world: World, registered: Registered) {
    this.#world = world;
    this.#case = registered;
    this.#holder = registered.town;
    this.#minutes = registered.minutes;
    this.#registrar = this.#somebodyOf(registered.registering);
    const at = world.time.momentOf(registered.minutes);
    const promisedDays = registered.item.workingDays ?? settings.defaultPromisedDays.fallback;
    this.#row = {
      caseNumber: registered.caseNumber,
      applicantId: registered.applicantId,
      state: 'forwarded',
      version: 1,
      itemId: registered.item.id,
      itemVersionId: registered.item.versionId,
      assistType: registered.item.assistType,
      way: serviceWay(world.random),
      townId: registered.town.unit.id,
      residenceUnitId: registered.residence.unit.id,
      registeringUnitId: registered.registering.unit.id,
      registrarId: this.#registrar.agentId,
      keeperId: this.#registrar.agentId,
      holderUnitId: registered.town.unit.id,
      originTarget: registered.registering.unit.chatId ?? '',
      registeredAt: at,
      registeredDay: world.time.dayOf(registered.minutes),
      acceptBy: world.time.acceptBy(at),
      dueAt: world.time.dueAt(at, promisedDays),
      promisedDays,
      returnCount: 0,
      suspendCount: 0,
    };
  }

  run(): Life {
    const { item, registering, resident } = this.#case;
    const { random } = this.#world;
    const { version: _, originTarget: __, ...first } = this.#row;
    const payload = { itemCode: item.code, ...first };
    this.#note('register', { actor: this.#registrar, payload, sealed: resident.personSealed });
    if (registering.unit.level === 'village' && mayCompleteOnTheSpot(item) && random.chance(shares.onTheSpot)) {
      this.#completeOnTheSpot();
    } else {
      const payload = { holderUnitId: this.#holder.unit.id };
      this.#note('forward', { actor: this.#registrar, payload, sealed: null });
      if (!this.#handle()) return this.#life();
    }
    this.#bringHome();
    return this.#life();
  }

  #life(): Life {
    // Registration and what follows it at once are one step.
    this.#row.version = this.#events.length - 1;
    return { row: this.#row, item: this.#case.item, registering: this.#case.registering, events: this.#events };
  }

  #completeOnTheSpot(): void {
    const { registering } = this.#case;
    const at = this.#row.registeredAt;
    const done = { completedAt: at, completedOnTime: true, outcome: 'granted' as const, state: 'completed' as const };
    const held = { holderUnitId: registering.unit.id, handlerId: this.#registrar.agentId, acceptBy: null, dueAt: null };
    this.#step('complete', { actor: this.#registrar, set: { ...done, ...held }, facts: { onTheSpot: true } });
  }

  /** From the holder's desk to its completion; false when it did not get there. */
  #handle(): boolean {
    const { random } = this.#world;
    const row = this.#row;
    if (random.chance(shares.withdrawn)) {
      if (!this.#wait(meanMinutes.accept)) return false;
      return this.#withdraw();
    }
    if (!this.#accept()) return false;
    while (random.chance(shares.returned)) {
      if (!this.#return() || !this.#forwardAgain() || !this.#accept()) return false;
    }
    const higher = higherHolder(this.#case.item, this.#holder.line);
    const extended = this.#case.item.assistType === 'extended';
    if (higher !== undefined && random.chance(extended ? shares.escalated : shares.escalatedThoughLocal)) {
      if (!this.#escalate(higher) || !this.#accept()) return false;
    }
    if (!this.#wait(meanMinutes.work)) return false;
    const now = this.#now();
    const onTime = row.dueAt == null || now <= row.dueAt;
    const outcome = random.chance(shares.refused) ? ('refused' as const) : ('granted' as const);
    const set = { state: 'completed' as const, completedAt: now, completedOnTime: onTime, outcome };
    this.#step('complete', { actor: this.#handler(), set, sealed: this.#perhapsNote() });
    return true;
  }

  #accept(): boolean {
    if (!this.#wait(meanMinutes.accept)) return false;
    const actor = this.#somebodyOf(this.#holder);
    const handling = { acceptBy: null, acceptedAt: this.#now(), handlerId: actor.agentId };
    this.#step('accept', { actor, set: { state: 'accepted', ...handling } });
    return true;
  }

  #return(): boolean {
    if (!this.#wait(meanMinutes.accept)) return false;
    const row = this.#row;
    const remainingDays = row.dueAt == null ? null : this.#world.time.remainingDays(row.dueAt, this.#now());
    const returnCount = (row.returnCount ?? 0) + 1;
    const actor = this.#handler();
    const set = { state: 'returned' as const, acceptBy: null, dueAt: null, remainingDays, returnCount };
    this.#step('return', { actor, set, sealed: this.#case.resident.noteSealed });
    return true;
  }

  #forwardAgain(): boolean {
    if (!this.#wait(meanMinutes.mend)) return false;
    const { time } = this.#world;
    const row = this.#row;
    const now = this.#now();
    const dueAt = time.resumedDueAt(row.remainingDays ?? row.promisedDays, now);
    const set = { state: 'forwarded' as const, acceptBy: time.acceptBy(now), dueAt, remainingDays: null };
    const facts = { holderUnitId: row.holderUnitId };
    this.#step('forward', { actor: this.#registrar, set, facts, sealed: this.#perhapsNote() });
    return true;
  }

  #escalate(higher: number): boolean {
    if (!this.#wait(meanMinutes.accept)) return false;
    const actor = this.#handler();
    const fromUnitId = this.#holder.unit.id;
    // The catalogue's departments are the first banner's; the other banners' cases go to their own banner.
    const departmentOfBanner = this.#world.places.stations.get(higher);
    const ownBanner = this.#case.town.banner;
    const own = departmentOfBanner?.line.some(({ id }) => id === ownBanner.unit.id);
    this.#holder = own && departmentOfBanner ? departmentOfBanner : ownBanner;
    const holderUnitId = this.#holder.unit.id;
    const acceptBy = this.#world.time.acceptBy(this.#now());
    const set = { state: 'forwarded' as const, holderUnitId, handlerId: null, acceptBy };
    this.#step('escalate', { actor, set, facts: { fromUnitId }, sealed: this.#perhapsNote() });
    return true;
  }

  #withdraw(): false {
    const stopped = { withdrawnAt: this.#now(), acceptBy: null, dueAt: null, remainingDays: null };
    const sealed = this.#case.resident.noteSealed;
    this.#step('withdraw', { actor: this.#registrar, set: { state: 'withdrawn', ...stopped }, sealed });
    return false;
  }

  /** Delivery, follow-up, and what follows a bad rating. */
  #bringHome(): void {
    const { random } = this.#world;
    if (!this.#wait(meanMinutes.deliver)) return;
    const way = deliveryWay(random);
    const delivered = { state: 'delivered' as const, deliveredAt: this.#now(), deliveryWay: way };
    this.#step('deliver', { actor: this.#registrar, set: delivered });
    if (random.chance(shares.neverFollowedUp) || !this.#wait(meanMinutes.ask)) return;
    const rating = ratings(random);
    const followed = { state: 'followedUp' as const, followedUpAt: this.#now(), rating };
    this.#step('followUp', { actor: this.#registrar, set: followed, sealed: this.#perhapsNote() });
    if (rating < BAD_BELOW) {
      if (!this.#wait(meanMinutes.mend)) return;
      const [manager] = this.#case.town.agents;
      if (!manager) throw new Error('a town without staff');
      const actor = { agentId: manager.id, unitId: manager.unitId };
      const sealed = this.#case.resident.noteSealed;
      this.#step('rectify', { actor, set: { rectifiedAt: this.#now() }, sealed });
    }
    this.#step('archive', { actor: 'system', set: { state: 'archived', archivedAt: this.#now() } });
  }

  /** Time passes; false when the present is reached first, or when nobody goes on with it. */
  #wait(mean: number): boolean {
    this.#minutes += 1 + Math.floor(this.#world.random.around(mean));
    return this.#minutes <= this.#world.time.end && !this.#world.random.chance(shares.forgotten);
  }

  #now(): number {
    return this.#world.time.momentOf(this.#minutes);
  }

  #somebodyOf({ unit, agents }: Station): { agentId: number; unitId: number } {
    return { agentId: this.#world.random.pick(agents).id, unitId: unit.id };
  }

  #handler(): { agentId: number; unitId: number } {
    return { agentId: this.#row.handlerId ?? this.#registrar.agentId, unitId: this.#holder.unit.id };
  }

  #perhapsNote(): string | null {
    return this.#world.random.chance(NOTE_SHARE) ? this.#case.resident.noteSealed : null;
  }

  /** Sets the columns, and writes them down. */
  #step(
    kind: CaseStep,
    step: Pick<LifeEvent, 'actor'> & { set: Partial<Row>; facts?: object; sealed?: string | null },
  ): void {
    Object.assign(this.#row, step.set);
    const { actor, sealed = null } = step;
    this.#note(kind, { actor, payload: { ...step.facts, ...step.set }, sealed });
  }

  #note(kind: CaseEvent, entry: Pick<LifeEvent, 'actor' | 'payload' | 'sealed'>): void {
    this.#events.push({ ...entry, minutes: this.#minutes, kind });
  }
}
