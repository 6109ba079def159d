import { useHost } from './host.ts';
import { type Node, text } from './node.ts';
import { colorOf } from './style.ts';

interface IconProps {
  readonly node: Node;
  /** Degrees, clockwise. */
  readonly turned?: number;
}

/** An icon. The platform's own drawings are not ours to copy: an arrow stands for its arrows, a dot for the rest. */
export function Icon({ node, turned = 0 }: IconProps) {
  const { imageUrl } = useHost();
  const rotate = turned === 0 ? undefined : `${turned}deg`;
  if (text(node, 'tag') === 'custom_icon') {
    return <img class="icon" src={imageUrl(text(node, 'img_key'))} alt="" style={{ rotate }} />;
  }
  const color = colorOf(text(node, 'color'), 'text');
  const token = text(node, 'token');
  if (token.startsWith('down-')) return <span class="icon icon-down" aria-hidden="true" style={{ color, rotate }} />;
  return <span class="icon icon-dot" title={token} style={{ background: color ?? 'currentColor', rotate }} />;
}
