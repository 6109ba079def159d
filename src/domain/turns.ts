/**
 * Whom a step of a case reaches, and how loudly. A message that is posted sounds on a phone, one that is edited does not: so a
 * step that passes the turn to other people comes to them as a new message, and everybody else's card is changed in place.
 */
import type { CaseRelation, CaseStep } from './case.ts';

/** What a step does to the case's card in one chat; `nothing` where neither its words nor its buttons would change. */
export type Reach = 'new' | 'edit' | 'nothing';

/** As what a chat reads a case along. `bystander`: its people held it before, and only look on. */
export const audiences = ['holder', 'registering', 'manager', 'bystander'] as const;
export type Audience = (typeof audiences)[number];

/** What changes the cards of a case. `doneOnTheSpot`: registered and completed in one; `attach`: papers came; `erase`: its person was forgotten. */
export type CardEvent = CaseStep | 'register' | 'doneOnTheSpot' | 'attach' | 'erase';

type Reaches = Readonly<Record<Audience, Reach>>;

const inPlace: Reaches = { holder: 'edit', registering: 'edit', manager: 'edit', bystander: 'edit' };
const toHolder: Reaches = { ...inPlace, holder: 'new' };
const toRegistering: Reaches = { ...inPlace, registering: 'new' };

/**
 * What a card that comes anew says at its top: whose turn it is; what the registering unit is to tell the resident; that the case was
 * handed to a colleague, of the holder or of the registering unit.
 */
export const calls = ['turn', 'tell', 'handOver', 'entrust'] as const;
export type Call = (typeof calls)[number];

export function callOf(event: CardEvent): Call {
  if (event === 'suspend' || event === 'terminate') return 'tell';
  return event === 'handOver' || event === 'entrust' ? event : 'turn';
}

/** A rating changes cards by itself only when it asks for 整改; a better one archives the case at once. */
export const turns: Readonly<Record<CardEvent, Reaches>> = {
  register: toHolder,
  doneOnTheSpot: inPlace,
  accept: inPlace,
  return: toRegistering,
  forward: toHolder,
  escalate: toHolder,
  complete: toRegistering,
  deliver: inPlace,
  followUp: { ...inPlace, manager: 'new' },
  rectify: inPlace,
  archive: inPlace,
  withdraw: inPlace,
  urge: { ...toHolder, bystander: 'nothing' },
  correct: inPlace,
  attach: inPlace,
  note: inPlace,
  suspend: toRegistering,
  resume: inPlace,
  terminate: toRegistering,
  handOver: toHolder,
  entrust: toRegistering,
  erase: inPlace,
};

/** A note leaves every button good; after anything else those that were drawn before are old. */
export function outdatesButtons(event: CardEvent): boolean {
  return event !== 'note';
}

const loudness: Readonly<Record<Reach, number>> = { nothing: 0, edit: 1, new: 2 };

/** Of a chat that is several things to a case the loudest counts. */
export function reachOf(event: CardEvent, relations: ReadonlySet<CaseRelation>): Reach {
  const reaches = audiencesOf(relations).map((audience) => turns[event][audience]);
  return reaches.reduce((loudest, reach) => (loudness[reach] > loudness[loudest] ? reach : loudest));
}

/** To whom the event passes the turn, if to anybody. */
export function passesTurnTo(event: CardEvent): Audience | undefined {
  return audiences.find((audience) => turns[event][audience] === 'new');
}

function audiencesOf(relations: ReadonlySet<CaseRelation>): readonly [Audience, ...Audience[]] {
  const [first, ...rest] = audiences.filter((audience) => is(audience, relations));
  return first === undefined ? ['bystander'] : [first, ...rest];
}

function is(audience: Audience, relations: ReadonlySet<CaseRelation>): boolean {
  switch (audience) {
    case 'registering':
      return relations.has('registrar') || relations.has('registeringUnit');
    case 'bystander':
      return false;
    default:
      return relations.has(audience);
  }
}
