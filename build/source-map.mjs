/** Source maps that know our own files only: node keeps them in memory, and most of the bundle is of packages. */
import { decode, encode } from '@jridgewell/sourcemap-codec';

/**
 * @param {string} text a source map, JSON
 * @returns {string} the same without names and without what stands in packages, where a stack trace then shows the bundle
 */
export function ownMappings(text) {
  /** @type {{ sources: string[], mappings: string }} */
  const map = JSON.parse(text);
  const own = map.sources.filter((source) => !source.includes('node_modules/'));
  const numbers = map.sources.map((source) => own.indexOf(source));
  const lines = decode(map.mappings).map((line) => {
    /** @type {import('@jridgewell/sourcemap-codec').SourceMapSegment[]} */
    const kept = [];
    for (const [column, source = -1, sourceLine = 0, sourceColumn = 0] of line) {
      const number = numbers[source] ?? -1;
      if (number >= 0) kept.push([column, number, sourceLine, sourceColumn]);
      // One mark where a package begins, or its code would count as the end of the file before it.
      else if (kept.at(-1)?.length !== 1) kept.push([column]);
    }
    return kept;
  });
  // Node 20 misreads a mark that ends the text.
  return JSON.stringify({ version: 3, sources: own, names: [], mappings: `${encode(lines)};` });
}
