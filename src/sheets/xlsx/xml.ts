/** What every part of an .xlsx file has in common. */
export const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
export const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** Excel refuses the whole file for a longer text. */
const TEXT_UNITS_MAX = 32_767;

/** What XML 1.0 cannot hold, escaped or not; and, of the rest, what would end the text or pass for Excel's own escape. */
const impossible = /[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
const special = /[&<>"]|_(?=x[0-9a-f]{4}_)/gi;
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  _: '_x005F_',
};

/** Text as the content of an XML element. What cannot stand in a cell is left out; a very long text is cut. */
export function xmlText(text: string): string {
  return text
    .slice(0, TEXT_UNITS_MAX)
    .replace(/\r\n?/g, '\n')
    .replace(impossible, '')
    .replace(special, (sign) => entities[sign] ?? '');
}
