/**
 * What a level of the tree is called is a setting: no card, message or file of ours writes such a word in a literal that the names do
 * not reach. Read from the sources.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, it, vi } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { inLocalWords } from '../../src/domain/level-names.ts';
import { files, root } from './imports.ts';

const load = vi.hoisted(() => ({ early: [] as string[] }));
vi.mock('../../src/domain/level-names.ts', async (original) => {
  const real = await original<typeof import('../../src/domain/level-names.ts')>();
  return {
    ...real,
    local(words: TemplateStringsArray, ...gaps: (string | number)[]) {
      load.early.push(words.join('…'));
      return real.local(words, ...gaps);
    },
  };
});

const LEVEL_WORD = /苏木|嘎查|乡镇|旗|街道|镇|村|社区/;
/** Names of units that stand as examples, and 实施层级 as catalogues have it. */
const NAMES = /大雁镇|巴彦托海镇|安达社区|[镇村]级/g;

/** Where such a word is not ours to change, and why. The more particular names its words. */
const exceptions: readonly { readonly file: RegExp; readonly words?: RegExp; readonly because: string }[] = [
  { file: /^cards\/gallery\//, because: 'samples' },
  { file: /^src\/cli\//, because: "the terminal of whoever runs the server, beside the plan's documents" },
  { file: /^src\/refusals\.ts$/, because: 'all of them are turned where they are filled' },
  { file: /^src\/domain\/level-names\.ts$/, because: "the plan's names themselves" },
  { file: /^src\/domain\/duties\.ts$/, because: "the plan's text, word by word" },
  { file: /^src\/domain\/everyday-names\.ts$/, because: 'names of items' },
  { file: /^src\/actions\/rights\.ts$/, because: 'stands in docs/PERMISSIONS.md only' },
  { file: /^src\/domain\/(?:address|plain-words)\.ts$/, because: 'patterns of what people type' },
  { file: /^src\/commands\/stats\.ts$/, words: /^(?:苏木乡镇|乡镇|苏木|镇|嘎查社区|嘎查|社区|村)$/, because: 'typed' },
  { file: /^src\/commands\/rank\.ts$/, words: /^乡镇$/, because: 'typed' },
  { file: /^cards\/forms\.ts$/, words: /^如：.+、|这一级$/, because: 'the form that asks for the names' },
  { file: /^cards\/forms\.ts$/, words: /^街道、楼栋/, because: 'of an address' },
];

interface Literal {
  readonly file: string;
  readonly text: string;
  readonly tagged: boolean;
}

function literalsOf(file: string): Literal[] {
  const source = readFileSync(join(root, file), 'utf8');
  if (!LEVEL_WORD.test(source)) return [];
  const found: Literal[] = [];
  const visit = (node: unknown, tagged: boolean): void => {
    if (Array.isArray(node)) for (const one of node) visit(one, tagged);
    if (Array.isArray(node) || typeof node !== 'object' || node === null || !('type' in node)) return;
    const { type, value, tag, cooked, ...rest } = node as Record<string, unknown>;
    const text = type === 'Literal' ? value : type === 'TemplateElement' ? (value as { cooked?: string }).cooked : '';
    if (typeof text === 'string' && LEVEL_WORD.test(text.replace(NAMES, ''))) found.push({ file, text, tagged });
    // The gaps of a tagged template are not tagged themselves.
    const own = type === 'TaggedTemplateExpression' && (tag as { name?: string }).name === 'local';
    const inside = type === 'TemplateLiteral' ? tagged : own;
    for (const [key, one] of Object.entries({ ...rest, value })) visit(one, key === 'expressions' ? false : inside);
  };
  visit(parseSync(file, source).program.body, false);
  return found;
}

const literals = files.filter((file) => /^(?:src|cards)\/.*\.ts$/.test(file)).flatMap(literalsOf);
const strange = { banner: '甲', town: '乙', village: '丙' };
const remains = (text: string) => LEVEL_WORD.test(inLocalWords(text, strange).replace(NAMES, ''));

describe('words that name a level', () => {
  it('are tagged, but for the exceptions', () => {
    const plain = literals.filter(({ tagged }) => !tagged);
    const excepted = ({ file, text }: Literal) =>
      exceptions.some((one) => one.file.test(file) && (one.words?.test(text) ?? true));
    expect(plain.filter((one) => !excepted(one)).map(({ file, text }) => `${file}: ${text}`)).toEqual([]);
    const idle = exceptions.filter(
      ({ file, words }) => !plain.some((one) => file.test(one.file) && (words?.test(one.text) ?? true)),
    );
    expect(idle).toEqual([]);
  });

  it('are found in what is tagged and in refusals: nothing of them remains under other names', () => {
    const tagged = literals.filter((one) => one.tagged || one.file === 'src/refusals.ts');
    expect(tagged.length).toBeGreaterThan(100);
    expect(tagged.filter(({ text }) => remains(text)).map(({ file, text }) => `${file}: ${text}`)).toEqual([]);
  });

  it('are put together when they are said, not while the program is loaded, when no names are known', () => {
    expect(buildApp).toBeTypeOf('function');
    expect(load.early).toEqual([]);
  });
});
