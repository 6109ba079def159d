/** How large a card is for the platform. */

/**
 * Bytes a card of ours may take, with the request around it. The platform refuses more than 30 KB, which it measures after
 * writing style tags out; by how much they grow it does not say, so a good part stays free.
 */
export const CARD_BYTES_MAX = 26_000;

/** What a style tag of markdown is taken to grow by. */
const STYLE_TAG_BYTES = 64;

/** Bytes of a part of a card as it travels, JSON within JSON, with its style tags written out. */
export function sentBytes(part: unknown): number {
  const json = JSON.stringify(part);
  // Typed text holds none of these: it is escaped, or stands outside of markdown.
  const styles = json.match(/<\/?font\b/g) ?? [];
  return Buffer.byteLength(JSON.stringify(json)) + STYLE_TAG_BYTES * styles.length;
}

/** Bytes of a text as it travels, at most: JSON within JSON takes three more for a quotation mark, for a line break two. */
export function textBytes(text: string): number {
  return Buffer.byteLength(text) + 3 * (text.match(/["\\\n]/g)?.length ?? 0);
}
