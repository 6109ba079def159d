/** A planted text in every shape in which it could lie in a file. */

/** What a text looks like in UTF-8, UTF-16, base64 wherever it begins, percent-encoded, and as JSON escapes. */
export function needlesOf(text: string): Buffer[] {
  const escaped = [...Array(text.length).keys()]
    .map((at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`)
    .join('');
  const percent = encodeURIComponent(text);
  const base64 = [0, 1, 2].map((offset) => base64Within(Buffer.from(text), offset));
  const inUrl = base64.map((letters) => letters.replaceAll('+', '-').replaceAll('/', '_'));
  const written = [text, escaped, escaped.toUpperCase().replaceAll('\\U', '\\u'), percent, percent.toLowerCase()];
  const narrow = [...written, ...base64, ...inUrl].map((letters) => Buffer.from(letters));
  return [...narrow, Buffer.from(text, 'utf16le')];
}

/** The letters that stand for these bytes alone, `offset` bytes behind a multiple of three. */
function base64Within(bytes: Buffer, offset: number): string {
  const letters = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  const whole = Math.floor(((offset + bytes.length) * 8) / 6);
  return letters.slice(Math.ceil((offset * 8) / 6), whole);
}

/** Which of the planted texts stand in these bytes, in whatever shape. */
export function plantedIn(bytes: Buffer | string, planted: readonly string[]): string[] {
  const searched = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  return planted.filter((text) => keptNeedles(text).some((needle) => searched.includes(needle)));
}

const kept = new Map<string, readonly Buffer[]>();

function keptNeedles(text: string): readonly Buffer[] {
  const needles = kept.get(text) ?? needlesOf(text);
  kept.set(text, needles);
  return needles;
}
