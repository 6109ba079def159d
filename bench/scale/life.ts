/**
 * The life of one invented case: the steps of `src/domain/case.ts` with times, returns, escalations, forgotten ones and
 * ratings, up to the present. What each step writes is what the product's services write.
 */
import type { NewCase } from '../../db/repositories/case.ts';
import type { ItemRow } from '../../db/repositories/item.ts';
import { higherHolder, mayCompleteOnTheSpot } from '../../src/domain/routing.ts';
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
}

type Row = Omit<NewCase, 'id' | 'caseNumber' | 'applicantId'>;

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

/** Somebody comes to be registered, of `town`, at `minutes`. `caseNumber` stands in the case's first entry. */
interface Visit {
  readonly town: Town;
  readonly resident: Resident;
  readonly minutes: number;
  readonly caseNumber: string;
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
    this.#row = {
      state: 'forwarded',
      version: 1,
      itemId: registered.item.id,
      assistType: registered.item.assistType,
      way: serviceWay(world.random),
      townId: registered.town.unit.id,
      residenceUnitId: registered.residence.unit.id,
      registeringUnitId: registered.registering.unit.id,
      registrarId: this.#registrar.agentId,
      holderUnitId: registered.town.unit.id,
      originTarget: registered.registering.unit.chatId ?? '',
      registeredAt: at,
      registeredDay: world.time.dayOf(registered.minutes),
      acceptBy: world.time.acceptBy(at),
      dueAt: world.time.dueAt(at, registered.item.workingDays),
      promisedDays: registered.item.workingDays,
      returnCount: 0,
    };
  }

  run(): Life {
    const { item, registering, residence, resident, caseNumber } = this.#case;
    const { random } = this.#world;
    const first = { caseNumber, itemCode: item.code, way: this.#row.way, residenceUnitId: residence.unit.id };
    this.#note('register', {
      actor: this.#registrar,
      payload: { ...first, sealed: resident.personSealed },
    });
    if (registering.unit.level === 'village' && mayCompleteOnTheSpot(item) && random.chance(shares.onTheSpot)) {
      this.#completeOnTheSpot();
    } else {
      this.#note('forward', { actor: this.#registrar, payload: { holderUnitId: this.#holder.unit.id } });
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
    Object.assign(this.#row, done, held);
    const payload = { outcome: 'granted', onTime: true, onTheSpot: true };
    this.#note('complete', { actor: this.#registrar, payload });
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
    Object.assign(row, { state: 'completed', completedAt: now, completedOnTime: onTime, outcome });
    this.#note('complete', { actor: this.#handler(), payload: this.#withNote({ outcome, onTime }) });
    return true;
  }

  #accept(): boolean {
    if (!this.#wait(meanMinutes.accept)) return false;
    const actor = this.#somebodyOf(this.#holder);
    const set = { state: 'accepted', acceptBy: null, acceptedAt: this.#now(), handlerId: actor.agentId };
    Object.assign(this.#row, set);
    this.#note('accept', { actor, payload: {} });
    return true;
  }

  #return(): boolean {
    if (!this.#wait(meanMinutes.accept)) return false;
    const row = this.#row;
    const remainingDays = row.dueAt == null ? null : this.#world.time.remainingDays(row.dueAt, this.#now());
    const returnCount = (row.returnCount ?? 0) + 1;
    const actor = this.#handler();
    Object.assign(row, { state: 'returned', acceptBy: null, dueAt: null, remainingDays, returnCount });
    const payload = { returnCount, sealed: this.#case.resident.noteSealed };
    this.#note('return', { actor, payload });
    return true;
  }

  #forwardAgain(): boolean {
    if (!this.#wait(meanMinutes.mend)) return false;
    const { time } = this.#world;
    const row = this.#row;
    const now = this.#now();
    const dueAt = time.resumedDueAt(row.remainingDays ?? row.promisedDays, now);
    Object.assign(row, { state: 'forwarded', acceptBy: time.acceptBy(now), dueAt, remainingDays: null });
    this.#note('forward', {
      actor: this.#registrar,
      payload: this.#withNote({ holderUnitId: row.holderUnitId }),
    });
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
    Object.assign(this.#row, { state: 'forwarded', holderUnitId, handlerId: null, acceptBy });
    this.#note('escalate', { actor, payload: this.#withNote({ fromUnitId, holderUnitId }) });
    return true;
  }

  #withdraw(): false {
    const set = { state: 'withdrawn', withdrawnAt: this.#now(), acceptBy: null, dueAt: null, remainingDays: null };
    Object.assign(this.#row, set);
    const payload = { sealed: this.#case.resident.noteSealed };
    this.#note('withdraw', { actor: this.#registrar, payload });
    return false;
  }

  /** Delivery, follow-up, and what follows a bad rating. */
  #bringHome(): void {
    const { random } = this.#world;
    if (!this.#wait(meanMinutes.deliver)) return;
    const way = deliveryWay(random);
    Object.assign(this.#row, { state: 'delivered', deliveredAt: this.#now(), deliveryWay: way });
    this.#note('deliver', { actor: this.#registrar, payload: { way } });
    if (random.chance(shares.neverFollowedUp) || !this.#wait(meanMinutes.ask)) return;
    const rating = ratings(random);
    Object.assign(this.#row, { state: 'followedUp', followedUpAt: this.#now(), rating });
    this.#note('followUp', { actor: this.#registrar, payload: this.#withNote({ rating }) });
    if (rating < BAD_BELOW) {
      if (!this.#wait(meanMinutes.mend)) return;
      const [manager] = this.#case.town.agents;
      if (!manager) throw new Error('a town without staff');
      const actor = { agentId: manager.id, unitId: manager.unitId };
      Object.assign(this.#row, { rectifiedAt: this.#now() });
      this.#note('rectify', { actor, payload: { sealed: this.#case.resident.noteSealed } });
    }
    Object.assign(this.#row, { state: 'archived', archivedAt: this.#now() });
    this.#note('archive', { actor: 'system', payload: {} });
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

  #withNote(payload: Record<string, unknown>): Record<string, unknown> {
    const noted = this.#world.random.chance(NOTE_SHARE);
    return noted ? { ...payload, sealed: this.#case.resident.noteSealed } : payload;
  }

  #note(kind: string, entry: Pick<LifeEvent, 'actor' | 'payload'>): void {
    this.#events.push({ minutes: this.#minutes, kind, ...entry });
  }
}
