/**
 * What the platform refuses about a card JSON 2.0. The 2.0 format treats an unknown property as an error, so every component
 * is described with exactly its fields; the sources are the card pages of the open platform's documentation.
 */
import type { z } from 'zod';
import { asText, isNode } from './card-node.ts';
import { cardSchema } from './card-schema/card.ts';
import { type CardProblem, CHART_ERROR, LIMIT_ERROR, PARSE_ERROR } from './card-schema/problem.ts';
import { wholeCardProblems } from './card-schema/whole.ts';

/** A card may take 30 KB of a request; whether a KB has 1000 or 1024 bytes the platform does not say. */
export const CARD_BYTES_MAX = 30_000;

/** By how much a style tag of markdown grows when the platform writes it out: a guess on the safe side. */
const STYLE_TAG_BYTES = 64;

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

/** Bytes of a card as the platform measures it: within the JSON of the request, style tags written out. */
export function measuredBytes(card: unknown): number {
  const styles = markdownsOf(card).flatMap((content) => content.match(/<\/?[a-z_]+[^<>]*>/g) ?? []);
  return Buffer.byteLength(JSON.stringify(JSON.stringify(card)) ?? '') + STYLE_TAG_BYTES * styles.length;
}

function markdownsOf(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(markdownsOf);
  if (!isNode(node)) return [];
  const own = node.tag === 'markdown' || node.tag === 'lark_md' ? [asText(node.content)] : [];
  return [...own, ...Object.values(node).flatMap(markdownsOf)];
}

function line(problem: CardProblem): string {
  return `${problem.path === '' ? 'card' : problem.path}: ${problem.message}`;
}

function bytesProblems(card: unknown): CardProblem[] {
  const bytes = measuredBytes(card);
  if (bytes <= CARD_BYTES_MAX) return [];
  return [{ code: LIMIT_ERROR, path: '', message: `${bytes} bytes, at most ${CARD_BYTES_MAX}` }];
}

function issueProblems(issue: z.core.$ZodIssue, above: readonly PropertyKey[]): CardProblem[] {
  const path = [...above, ...issue.path];
  const code = path.includes('chart_spec') ? CHART_ERROR : PARSE_ERROR;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      code,
      path: pathText([...path, key]),
      message: 'unknown property',
    }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length === 0) {
    return [{ code, path: pathText(path), message: 'unknown or missing tag' }];
  }
  return [{ code, path: pathText(path), message: issue.message }];
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}
