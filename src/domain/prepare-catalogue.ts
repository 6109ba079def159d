/**
 * What makes the catalogue searchable by sound and by everyday name. A file of its own because the dictionary of pinyin takes
 * longer to load than the rest of the domain: it is loaded at the first search, not at the start.
 */
import { pinyin } from 'pinyin-pro';
import { type Catalogue, type CatalogueItem, folded, type Sound } from './catalogue.ts';
import { everydayNames } from './everyday-names.ts';

/** Computes once what searches need. Make it anew when the catalogue changes. */
export function prepareCatalogue<Item extends CatalogueItem>(items: readonly Item[]): Catalogue<Item> {
  return items.map((item) => {
    const titles = [...new Set([folded(item.mainItem), folded(item.subItem)])];
    const names = everydayNames(item).map(folded);
    const sounds = [...new Set([...titles, ...names])].map(soundOf);
    return { item, code: folded(item.code), department: folded(item.department), titles, commonNames: names, sounds };
  });
}

function soundOf(text: string): Sound {
  const syllables = pinyin(text, { toneType: 'none', type: 'array', v: true });
  return {
    tails: syllables.map((_, index) => syllables.slice(index).join('')),
    initials: syllables.map((syllable) => syllable.charAt(0)).join(''),
  };
}
