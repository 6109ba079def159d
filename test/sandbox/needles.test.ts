import { expect, it } from 'vitest';
import { needlesOf, plantedIn } from '../support/needles.ts';

it.each(['乌云其木格', '11010519491231002X'])('a planted %s is found in every shape, wherever it begins', (text) => {
  expect(needlesOf(text).length).toBeGreaterThan(10);
  const shapes = ['', 'x', 'xy', 'xyz'].map((before) => Buffer.from(`${before}${text}${before}`).toString('base64'));
  const written = [...shapes, encodeURIComponent(text), JSON.stringify({ text })];
  for (const shape of [...written, Buffer.from(text, 'utf16le')]) expect(plantedIn(shape, [text])).toEqual([text]);
  expect(plantedIn('乌云，11010519491231', [text])).toEqual([]);
});
