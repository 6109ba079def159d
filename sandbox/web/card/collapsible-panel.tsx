import { useSignal } from '@preact/signals';
import { type ElementProps, Elements } from './element.tsx';
import { child, text } from './node.ts';
import { RichText } from './rich-text.tsx';
import { colorOf, layout } from './style.ts';

/** A panel that opens at a tap. Open or closed is each viewer's own affair and stays so when the card is replaced. */
export function CollapsiblePanel({ node, path }: ElementProps) {
  const open = useSignal(node['expanded'] === true);
  const header = child(node, 'header');
  const border = child(node, 'border');
  return (
    <div
      class={open.value ? 'panel panel-open' : 'panel'}
      style={{
        borderColor: colorOf(text(border, 'color'), 'surface'),
        borderRadius: text(border, 'corner_radius') || undefined,
      }}
    >
      <button
        type="button"
        class="panel-header"
        aria-expanded={open.value}
        style={{ background: colorOf(text(header, 'background_color') || text(node, 'background_color'), 'surface') }}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        <RichText node={child(header, 'title')} />
        <span class="panel-arrow" aria-hidden="true" />
      </button>
      {open.value && (
        <div class="panel-body" style={layout(node)}>
          <Elements of={node} path={path} />
        </div>
      )}
    </div>
  );
}
