/** Reads a multipart body. The SDK sends a file as an octet-stream part without a filename, which common parsers take for text. */

export interface Part {
  readonly name: string;
  /** The text of a plain field; undefined for a file. */
  readonly text: string | undefined;
  readonly bytes: Buffer;
}

/** The parts of a multipart body by the boundary in its content type; undefined when it is none. */
export function readMultipart(body: Buffer, contentType: string): Part[] | undefined {
  const found = /^multipart\/form-data;.*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const boundary = found?.[1] ?? found?.[2];
  if (boundary === undefined) return undefined;
  const parts: Part[] = [];
  const separator = Buffer.from(`\r\n--${boundary}`);
  const whole = Buffer.concat([Buffer.from('\r\n'), body]);
  let start = whole.indexOf(separator);
  while (start !== -1) {
    const from = start + separator.length;
    const end = whole.indexOf(separator, from);
    if (end === -1) break;
    const part = readPart(whole.subarray(from, end));
    if (part === undefined) return undefined;
    parts.push(part);
    start = end;
  }
  return parts;
}

function readPart(section: Buffer): Part | undefined {
  const headEnd = section.indexOf('\r\n\r\n');
  if (headEnd === -1) return undefined;
  const head = section.subarray(0, headEnd).toString('utf8');
  const bytes = section.subarray(headEnd + 4);
  const name = /content-disposition:[^\r\n]*[; ]name="([^"]*)"/i.exec(head)?.[1];
  if (name === undefined) return undefined;
  const isFile = /content-type:\s*(?!text\/plain)/i.test(head) || /[; ]filename\*?=/i.test(head);
  return { name, text: isFile ? undefined : bytes.toString('utf8'), bytes };
}
