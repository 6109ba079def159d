/**
 * What the platform refuses about a card JSON 2.0. The 2.0 format treats an unknown property as an error, so every component
 * is described with exactly its fields; the sources are the card pages of the open platform's documentation.
 */
import type { z } from 'zod';
import { cardSchema } from './card-schema/card.ts';
import { type CardProblem, LIMIT_ERROR, PARSE_ERROR } from './card-schema/problem.ts';
import { wholeCardProblems } from './card-schema/whole.ts';

/** A card may take 30 KB of a request. */
export const CARD_BYTES_MAX = 30 * 1024;

/** Every problem of the card with the platform's sub-code; empty when the platform would take it. */
export function cardProblems(card: unknown): CardProblem[] {
  const parsed = cardSchema.safeParse(card);
  const shape = parsed.success ? [] : parsed.error.issues.flatMap((issue) => issueProblems(issue, []));
  return [...wholeCardProblems(card), ...shape, ...bytesProblems(card)];
}

/** The problems of a card as readable lines, `path: what is wrong`; empty when the platform would take it. */
export function checkCard(card: unknown): string[] {
  return cardProblems(card).map(line);
}

/** Only the size rule: at most 30 KB of UTF-8 JSON. Empty when the card fits. */
export function checkCardBytes(card: unknown): string[] {
  return bytesProblems(card).map(line);
}

function line(problem: CardProblem): string {
  return `${problem.path === '' ? 'card' : problem.path}: ${problem.message}`;
}

function bytesProblems(card: unknown): CardProblem[] {
  const bytes = Buffer.byteLength(JSON.stringify(card) ?? '');
  if (bytes <= CARD_BYTES_MAX) return [];
  return [{ code: LIMIT_ERROR, path: '', message: `${bytes} bytes, at most ${CARD_BYTES_MAX}` }];
}

function issueProblems(issue: z.core.$ZodIssue, above: readonly PropertyKey[]): CardProblem[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      code: PARSE_ERROR,
      path: pathText([...path, key]),
      message: 'unknown property',
    }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length === 0) {
    return [{ code: PARSE_ERROR, path: pathText(path), message: 'unknown or missing tag' }];
  }
  return [{ code: PARSE_ERROR, path: pathText(path), message: issue.message }];
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}
