/** Reads Word files back: the archive by its directory, the text by its tags. */
import { inflateRawSync } from 'node:zlib';

/** Each part of a .docx file that is text, by its path. @throws when the archive or a part of it is broken. */
export function partsOf(content: Buffer): Map<string, string> {
  const parts = new Map<string, string>();
  for (const [path, bytes] of filesIn(content)) {
    if (path.endsWith('.png')) continue;
    const text = bytes.toString('utf8');
    requireWellFormed(path, text);
    parts.set(path, text);
  }
  return parts;
}

/** The pictures in it, in the order of the archive. */
export function picturesOf(content: Buffer): Buffer[] {
  return [...filesIn(content)].flatMap(([path, bytes]) => (path.endsWith('.png') ? [bytes] : []));
}

function filesIn(content: Buffer): Map<string, Buffer> {
  const end = content.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  const files = new Map<string, Buffer>();
  let at = content.readUInt32LE(end + 16);
  for (let left = content.readUInt16LE(end + 10); left > 0; left--) {
    const [packed, nameBytes] = [content.readUInt32LE(at + 20), content.readUInt16LE(at + 28)];
    const extra = content.readUInt16LE(at + 30) + content.readUInt16LE(at + 32);
    const local = content.readUInt32LE(at + 42);
    const begins = local + 30 + content.readUInt16LE(local + 26) + content.readUInt16LE(local + 28);
    const bytes = content.subarray(begins, begins + packed);
    const path = content.toString('utf8', at + 46, at + 46 + nameBytes);
    files.set(path, content.readUInt16LE(at + 10) === 0 ? bytes : inflateRawSync(bytes));
    at += 46 + nameBytes + extra;
  }
  return files;
}

/** What a reader sees, line by line: `黑体16 一、总体情况`; a table's rows between bars; `---` where a section begins. */
export function linesOfLetter(content: Buffer): string[] {
  const body = partsOf(content).get('word/document.xml') ?? '';
  const lines: string[] = [];
  let row: string[] | undefined;
  for (const [part] of body.matchAll(/<w:tr[ >]|<\/w:tr>|<w:tc[ >]|<w:p\/>|<w:p[ >].*?<\/w:p>|<w:sectPr[ >]/gs)) {
    if (part.startsWith('<w:tr')) row = [];
    else if (part === '</w:tr>') {
      lines.push(`| ${row?.join(' | ')} |`);
      row = undefined;
    } else if (part.startsWith('<w:tc')) row?.push('');
    else if (part.startsWith('<w:sectPr')) lines.push('---');
    else if (row) row[row.length - 1] = [row.at(-1), textOf(part)].filter((text) => text !== '').join('/');
    else lines.push(`${lookOf(part)} ${textOf(part)}`.trim());
    if (part.startsWith('<w:p') && part.includes('<w:sectPr')) lines.push('---');
  }
  return lines;
}

function lookOf(paragraph: string): string {
  const font = /w:eastAsia="([^"]*)"/.exec(paragraph)?.[1] ?? '';
  const size = Number(/<w:sz w:val="(\d+)"/.exec(paragraph)?.[1] ?? 0) / 2;
  return font === '' ? '' : `${font}${size}`;
}

export function textOf(xml: string): string {
  const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
  return [...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)]
    .map(([, text = '']) => text.replace(/&(\w+);/g, (_, name: string) => entities[name] ?? ''))
    .join('');
}

function requireWellFormed(path: string, xml: string): void {
  const broken =
    /&(?!(?:lt|gt|amp|quot|apos|#\d+|#x[\da-f]+);)|[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/iu.exec(xml);
  if (broken) throw new Error(`${path} holds ${JSON.stringify(broken[0])} at ${broken.index}`);
  const open: string[] = [];
  for (const [, close, name = '', own] of xml.matchAll(/<(\/?)([\w:]+)(?:\s+[\w:]+="[^"<]*")*\s*(\/?)>/g)) {
    if (close === '/' && open.pop() !== name) throw new Error(`${path}: </${name}> closes something else`);
    if (close === '' && own === '') open.push(name);
  }
  const tags = xml.match(/<(?![?!])/g)?.length;
  const read = xml.match(/<\/?[\w:]+(?:\s+[\w:]+="[^"<]*")*\s*\/?>/g)?.length;
  if (open.length > 0 || tags !== read) throw new Error(`${path} is not well-formed`);
}
