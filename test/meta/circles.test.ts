import { expect, it } from 'vitest';
import { circlesAmong, files, imports } from './imports.ts';

/** A card's element draws its children, whatever they are: these files call each other by nature. */
const recursive = /^sandbox\/web\/card\/[\w-]+\.tsx$/;

it('no file imports itself by way of others', () => {
  const among = files.filter((file) => /^(?:src|cards|db|sandbox)\//.test(file) && !recursive.test(file));
  expect(among.length).toBeGreaterThan(300);
  expect(circlesAmong(among, imports).map((circle) => circle.join(' → '))).toEqual([]);
});

it('a circle is found wherever one enters it', () => {
  const edges = ['ab', 'bc', 'cd', 'db', 'ac', 'xy'].map((pair) => ({ from: pair.charAt(0), to: pair.charAt(1) }));
  expect(circlesAmong(['a', 'b', 'c', 'd', 'x', 'y'], edges)).toEqual([['b', 'c', 'd', 'b']]);
  expect(circlesAmong(['d', 'c', 'b', 'a'], edges)).toEqual([['d', 'b', 'c', 'd']]);
  expect(circlesAmong(['a', 'c', 'd'], edges)).toEqual([]);
});
