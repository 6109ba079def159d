/** A delivery that cannot be read: kept and logged, never half-used. */
import type { z } from 'zod';
import type { InboundMessage } from './port.ts';

export interface DeliveryFacts {
  readonly eventId?: string | undefined;
  readonly eventType?: string | undefined;
}

/** What can be done for the person although the delivery cannot be read. */
interface ForPerson {
  /** What is said to whoever pressed, where more can be said than that it did not arrive whole. */
  readonly toast?: string;
  /** A message without what could not be read of it: whoever wrote it is told that it has to be written otherwise. */
  readonly message?: InboundMessage;
}

export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  /** As far as the header could be read. */
  readonly facts: DeliveryFacts;
  readonly forPerson: ForPerson;

  /** `problem` names fields, never their content: it goes into the log. */
  constructor(problem: string, facts: DeliveryFacts = {}, forPerson: ForPerson = {}) {
    super(problem);
    this.facts = facts;
    this.forPerson = forPerson;
  }

  /** The same problem, with what the header said. */
  about(facts: DeliveryFacts): Unreadable {
    return new Unreadable(this.message, facts, this.forPerson);
  }
}

/** Parses with a schema; throws `Unreadable` that names the paths at fault. */
export function parse<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  facts: DeliveryFacts,
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const paths = parsed.error.issues.map((issue) => `${issue.path.join('.') || '(root)'}: ${issue.code}`);
  throw new Unreadable([...new Set(paths)].slice(0, 5).join('; '), facts);
}

/** Parses JSON text inside a delivery; throws `Unreadable` without repeating the text. */
export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text, withoutPrototypeKeys);
  } catch {
    throw new Unreadable(`${what} is not JSON`);
  }
}

/** A reviver that drops the keys through which JSON could reach an object's prototype. */
export function withoutPrototypeKeys(key: string, value: unknown): unknown {
  return key === '__proto__' || key === 'constructor' || key === 'prototype' ? undefined : value;
}
