/** What a person reads of the platform's markdown: marks gone, tags resolved, entities decoded. */

/** The name shown for an open id, where it is known. */
export type NameOf = (openId: string) => string | undefined;

const NAMED: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  sim: '∼',
};

/** Plain text of a `markdown` or `lark_md` content. Escaped characters come out as themselves, never as marks. */
export function markdownText(content: string, nameOf: NameOf = () => undefined): string {
  const shown = (id: string) => (id === 'all' ? '@所有人' : `@${nameOf(id) ?? id}`);
  const withoutTags = content
    .replace(
      /<(?:at|person)\s+(?:user_)?ids?\s*=\s*["']?([^"'>\s]+)["']?[^>]*>(?:[^<]*<\/(?:at|person)>)?/g,
      (_all, ids: string) => ids.split(',').map(shown).join(' '),
    )
    .replace(/<br\s*\/?>/g, '\n')
    .replace(/<hr\s*\/?>/g, '\n')
    .replace(/<\/?[a-z_]+(?:\s[^>]*)?>/g, '');
  const withoutMarks = withoutTags
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^#{1,6}\s+/gm, '')
    .replace(/^>\s?/gm, '')
    .replace(/(\*\*|__|~~)(.+?)\1/gs, '$2')
    .replace(/(?<![\\*])\*([^*\n]+)\*/g, '$1')
    .replace(/`([^`\n]+)`/g, '$1')
    .replace(/\\([*_~`[\]()#+\-.!<>\\])/g, '$1');
  return decodeEntities(withoutMarks);
}

/** Markdown with its plain line breaks as the blanks that clients make of them; blocks keep theirs, `<br>` is a break. */
export function withoutSoftBreaks(content: string): string {
  return content.replace(/(?<!\n)\n(?!\n|[ \t]*(?:[-*+>#|]|\d+\.))/g, ' ');
}

function decodeEntities(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));/gi, (all, hex: string, decimal: string, name: string) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? all;
    const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : all;
  });
}
