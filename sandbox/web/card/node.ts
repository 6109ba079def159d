/** Reading card JSON of which nothing is known yet. */
export type Node = Readonly<Record<string, unknown>>;

/** A plain JSON object, not an array. */
export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The property as an object; an empty one for anything else. */
export function child(node: Node, key: string): Node {
  const value = node[key];
  return isNode(value) ? value : {};
}

/** The property as a list of objects; anything else in it is left out. */
export function children(node: Node, key: string): readonly Node[] {
  const value = node[key];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** The property as text; empty for anything else. */
export function text(node: Node, key: string): string {
  const value = node[key];
  return typeof value === 'string' ? value : '';
}

/** The property as a number; undefined for anything else. */
export function number(node: Node, key: string): number | undefined {
  const value = node[key];
  return typeof value === 'number' ? value : undefined;
}

/** The property as a list of texts. */
export function texts(node: Node, key: string): readonly string[] {
  const value = node[key];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** The words of a text object such as `{tag: 'plain_text', content}`. */
export function words(node: Node, key: string): string {
  return text(child(node, key), 'content');
}

/** A remark in small print: it explains what stands around it, and is no field's label. */
export function isRemark(node: Node): boolean {
  return node['tag'] === 'div' && text(child(node, 'text'), 'text_size') === 'notation';
}
