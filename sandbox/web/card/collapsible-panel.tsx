import { useSignal } from '@preact/signals';
import { type ElementProps, Elements } from './element.tsx';
import { Icon } from './icon.tsx';
import { child, isNode, number, text } from './node.ts';
import { RichText } from './rich-text.tsx';
import { colorOf, layout } from './style.ts';

/**
 * A panel that opens at a tap; only the icon of its header shows that it does. Open or closed is each viewer's own affair and
 * stays so when the card is replaced.
 */
export function CollapsiblePanel({ node, path }: ElementProps) {
  const open = useSignal(node['expanded'] === true);
  const header = child(node, 'header');
  const border = child(node, 'border');
  const place = text(header, 'icon_position') || 'right';
  const icon = isNode(header['icon']) && (
    <Icon node={header['icon']} turned={open.value ? (number(header, 'icon_expanded_angle') ?? 180) : 0} />
  );
  return (
    <div
      class="panel"
      style={{
        borderColor: colorOf(text(border, 'color'), 'surface'),
        borderRadius: text(border, 'corner_radius') || undefined,
      }}
    >
      <button
        type="button"
        class={`panel-header panel-icon-${place}`}
        aria-expanded={open.value}
        style={{ background: colorOf(text(header, 'background_color') || text(node, 'background_color'), 'surface') }}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        {place === 'left' && icon}
        <RichText node={child(header, 'title')} />
        {place !== 'left' && icon}
      </button>
      {open.value && (
        <div class="panel-body" style={layout(node)}>
          <Elements of={node} path={path} />
        </div>
      )}
    </div>
  );
}
