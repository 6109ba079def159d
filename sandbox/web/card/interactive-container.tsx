import type { ElementProps } from './element.tsx';
import { Elements } from './element.tsx';
import { behaviorsOf } from './fields.ts';
import { text } from './node.ts';
import { colorOf, layout } from './style.ts';
import { usePress } from './use-press.ts';

/** A box that can be pressed as a whole. Controls inside keep their own presses. */
export function InteractiveContainer({ node, path }: ElementProps) {
  const { press, busy } = usePress(node, path);
  const { calls, url } = behaviorsOf(node);
  const disabled = node['disabled'] === true;
  const live = (calls || url !== '') && !disabled;
  const act = (event: Event): void => {
    const inner = event.target instanceof Element ? event.target.closest('button, a, input, textarea, select') : null;
    if (inner === null && !busy) void press();
  };
  return (
    <div
      class={`container${live ? ' container-live' : ''}`}
      {...(live ? { role: 'button', tabIndex: 0, onClick: act } : {})}
      {...(live ? { onKeyDown: (event: KeyboardEvent) => event.key === 'Enter' && act(event) } : {})}
      style={{
        ...layout(node),
        background: colorOf(text(node, 'background_style'), 'surface'),
        border:
          node['has_border'] === true
            ? `1px solid ${colorOf(text(node, 'border_color'), 'surface') ?? 'var(--line)'}`
            : undefined,
        borderRadius: text(node, 'corner_radius') || undefined,
        opacity: disabled ? 0.5 : undefined,
      }}
    >
      <Elements of={node} path={path} />
    </div>
  );
}
