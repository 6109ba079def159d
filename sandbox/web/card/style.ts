/** The platform's names of sizes, colours and distances as CSS. */
import { type Node, text } from './node.ts';

const spacings: Readonly<Record<string, string>> = { small: '4px', medium: '8px', large: '12px', extra_large: '16px' };
const aligns: Readonly<Record<string, string>> = {
  left: 'flex-start',
  top: 'flex-start',
  center: 'center',
  right: 'flex-end',
  bottom: 'flex-end',
};
const sizes: Readonly<Record<string, string>> = {
  'heading-0': '30px',
  'heading-1': '24px',
  'heading-2': '20px',
  'heading-3': '18px',
  'heading-4': '16px',
  heading: '16px',
  normal: '14px',
  notation: '12px',
  'xxxx-large': '30px',
  'xxx-large': '24px',
  'xx-large': '20px',
  'x-large': '18px',
  large: '16px',
  medium: '14px',
  small: '12px',
  'x-small': '10px',
};

/** A colour name such as `grey` or `grey-600` as a CSS colour; `use` tells letters, surfaces and titles apart. */
export function colorOf(name: string, use: 'text' | 'surface' | 'title'): string | undefined {
  if (name === '' || name === 'default') return undefined;
  if (/^(#|rgb)/.test(name)) return name;
  const [base = ''] = name.split('-');
  return `var(--${use}-${base})`;
}

export function sizeOf(name: string): string | undefined {
  return sizes[name];
}

export function spacingOf(name: string): string | undefined {
  return spacings[name] ?? (name === '' ? undefined : name);
}

export function alignOf(name: string): string | undefined {
  return aligns[name];
}

/** Letters of a text object: size, colour, side, number of lines. */
export function letters(node: Node): Record<string, string | number | undefined> {
  const lines = node['lines'];
  return {
    fontSize: sizeOf(text(node, 'text_size')),
    fontWeight: text(node, 'text_size').startsWith('heading') ? 600 : undefined,
    color: colorOf(text(node, 'text_color'), 'text'),
    textAlign: text(node, 'text_align') || undefined,
    ...(typeof lines === 'number'
      ? { display: '-webkit-box', WebkitBoxOrient: 'vertical', WebkitLineClamp: lines, overflow: 'hidden' }
      : {}),
  };
}

/** How a container lays out what is in it. */
export function layout(node: Node): Record<string, string | undefined> {
  const horizontal = text(node, 'direction') === 'horizontal';
  const across = alignOf(text(node, horizontal ? 'vertical_align' : 'horizontal_align'));
  const along = alignOf(text(node, horizontal ? 'horizontal_align' : 'vertical_align'));
  return {
    display: 'flex',
    flexDirection: horizontal ? 'row' : 'column',
    flexWrap: horizontal ? 'wrap' : undefined,
    gap: spacingOf(text(node, horizontal ? 'horizontal_spacing' : 'vertical_spacing')) ?? '8px',
    padding: text(node, 'padding') || undefined,
    alignItems: across ?? (horizontal ? 'center' : 'stretch'),
    justifyContent: along,
  };
}

/** Width of a component: `fill`, `auto`, `default` or pixels. */
export function widthOf(name: string): string | undefined {
  if (name === 'fill') return '100%';
  return /^\d+px$/.test(name) ? name : undefined;
}
