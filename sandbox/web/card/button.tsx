import type { ElementProps } from './element.tsx';
import { Icon } from './icon.tsx';
import { isNode, text, words } from './node.ts';
import { widthOf } from './style.ts';
import { usePress } from './use-press.ts';

export function CardButton({ node, path }: ElementProps) {
  const { press, busy } = usePress(node, path);
  const type = text(node, 'type') || 'default';
  const disabled = node['disabled'] === true;
  const hint = words(node, disabled ? 'disabled_tips' : 'hover_tips');
  return (
    <button
      type="button"
      class={`btn btn-${type} btn-${text(node, 'size') || 'medium'}`}
      style={{ width: widthOf(text(node, 'width')) }}
      disabled={disabled}
      aria-busy={busy}
      title={hint || undefined}
      onClick={() => void press()}
    >
      {isNode(node['icon']) && <Icon node={node['icon']} />}
      <span class="btn-text">{words(node, 'text')}</span>
    </button>
  );
}
