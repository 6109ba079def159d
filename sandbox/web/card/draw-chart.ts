/** The only module that knows the chart library, so that its weight stays out of the first page. */
import VChart from '@visactor/vchart';

/** What a spec may say otherwise. */
const defaults = { color: ['#3370ff', '#50cefb', '#34c724', '#ff8800', '#f54a45', '#7f3bf5', '#ffc60a'] };
const FONT = '"PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif';

/** Draws a spec (JSON text) into the place. Returns the way to take it away again. */
export async function draw(chart: { readonly place: HTMLElement; readonly spec: string }): Promise<() => void> {
  const spec: unknown = JSON.parse(chart.spec);
  const drawing = new VChart(
    asSpec({ ...defaults, ...asObject(spec), animation: false, theme: { fontFamily: FONT } }),
    {
      dom: chart.place,
      animation: false,
    },
  );
  await drawing.renderAsync();
  return () => drawing.release();
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}

/** The library checks the spec itself and draws nothing for one it does not know. */
function asSpec(value: unknown): ConstructorParameters<typeof VChart>[0] {
  return value as ConstructorParameters<typeof VChart>[0];
}
