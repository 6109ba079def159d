import { readdirSync, readFileSync } from 'node:fs';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { Card } from '../../cards/card.ts';

type Builder = (...args: never[]) => Card;

const folder = new URL('../../cards/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));

/** Exported functions that return a card, as the source declares them; `card` of the kit is what they are made with. */
function declaredBuilders(file: string): string[] {
  const source = readFileSync(new URL(file, folder), 'utf8');
  return [...source.matchAll(/^export function (\w+)\((?:[^()]|\([^()]*\))*\): Card \{/gm)]
    .map(([, name = '']) => name)
    .filter((name) => file !== 'kit.ts' || name !== 'card');
}

/** Replaces every builder by one that remembers what it has made, and returns them by name. */
function watchBuilders(): Map<string, Card[]> {
  const made = new Map<string, Card[]>();
  for (const file of files) {
    for (const name of declaredBuilders(file)) made.set(`${file} ${name}`, []);
    vi.doMock(`../../cards/${file}`, async (importActual) => {
      const actual = await importActual<Record<string, unknown>>();
      const watched = declaredBuilders(file).map((name) => [
        name,
        (...args: never[]) => {
          const card = (actual[name] as Builder)(...args);
          made.get(`${file} ${name}`)?.push(card);
          return card;
        },
      ]);
      return { ...actual, ...Object.fromEntries(watched) };
    });
  }
  return made;
}

it('every card that can be built hangs in the gallery', async () => {
  vi.resetModules();
  const made = watchBuilders();
  onTestFinished(() => {
    for (const file of files) vi.doUnmock(`../../cards/${file}`);
    // The files that follow in this worker get the builders themselves again.
    vi.resetModules();
  });
  const { gallery } = await import('../../cards/gallery/index.ts');
  const hung = new Set(gallery.map((entry) => entry.card));
  const missing = [...made].filter(([, cards]) => !cards.some((card) => hung.has(card))).map(([name]) => name);
  expect(missing).toEqual([]);
});

it('what builds a card is called one, and nothing else is', async () => {
  const named = await Promise.all(
    files.map(async (file) => {
      const exported: Record<string, unknown> = await vi.importActual(`../../cards/${file}`);
      return Object.keys(exported)
        .filter((name) => typeof exported[name] === 'function' && name.endsWith('Card'))
        .map((name) => `${file} ${name}`);
    }),
  );
  const declared = files.flatMap((file) => declaredBuilders(file).map((name) => `${file} ${name}`));
  expect(declared.length).toBeGreaterThan(20);
  expect(named.flat().sort()).toEqual(declared.sort());
});
