/** What XML 1.0 cannot hold, escaped or not: control characters, halves of surrogate pairs, U+FFFE and U+FFFF. */
const impossible = /[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** A text as lines that a file can hold; the library escapes what has a meaning in XML. */
export function linesOf(text: string): string[] {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(impossible, '')
    .replace(/\t/g, '  ')
    .split('\n');
}

/** The same in one line. */
export function oneLine(text: string): string {
  return linesOf(text).join(' ').trim();
}
