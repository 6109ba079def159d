import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { ElementProps } from './element.tsx';
import { child, children, isNode, type Node, text } from './node.ts';

const ratios: Readonly<Record<string, string>> = { '1:1': '1 / 1', '2:1': '2 / 1', '4:3': '4 / 3', '16:9': '16 / 9' };

/** A chart, drawn by the library the platform itself names; it is fetched when the first chart is shown. */
export function Chart({ node }: ElementProps) {
  const place = useRef<HTMLDivElement>(null);
  const state = useSignal<'loading' | 'ready' | 'failed'>('loading');
  const spec = JSON.stringify(node['chart_spec']);
  const height = text(node, 'height');
  const isFixed = /^\d+px$/.test(height);

  useEffect(() => {
    const drawn = { stopped: false, release: () => {} };
    async function draw(): Promise<void> {
      const { draw: drawChart } = await import('./draw-chart.ts');
      if (drawn.stopped || place.current === null) return;
      drawn.release = await drawChart({ place: place.current, spec });
      state.value = 'ready';
    }
    draw().catch(() => {
      state.value = 'failed';
    });
    return () => {
      drawn.stopped = true;
      drawn.release();
    };
  }, [spec, state]);

  return (
    <figure class="chart" role="img" aria-label={wordsOf(node)} data-state={state.value}>
      <div
        ref={place}
        class="chart-place"
        style={isFixed ? { height } : { aspectRatio: ratios[text(node, 'aspect_ratio')] ?? '16 / 9' }}
      />
      {state.value === 'loading' && <div class="chart-note">图表加载中…</div>}
      {state.value === 'failed' && <div class="chart-note">图表没有显示出来：{wordsOf(node)}</div>}
    </figure>
  );
}

/** The numbers in words, for who cannot see the drawing. */
function wordsOf(node: Node): string {
  const spec = child(node, 'chart_spec');
  const data = isNode(spec['data']) ? spec['data'] : (children(spec, 'data')[0] ?? {});
  const [x, y] = text(spec, 'direction') === 'horizontal' ? ['yField', 'xField'] : ['xField', 'yField'];
  const name = text(spec, x) || text(spec, 'categoryField');
  const value = text(spec, y) || text(spec, 'valueField');
  const points = children(data, 'values').map((point) => `${String(point[name])} ${String(point[value])}`);
  return `图表：${points.join('，') || '没有数据'}`;
}
