/** The `chart_spec` of a chart as far as VChart 1.12 knows it, which is what clients draw with. Anything else is refused with 200550. */
import * as z from 'zod';

const object = z.record(z.string(), z.unknown());
const objects = z.array(object);
const oneOrMore = z.union([object, objects]);
const names = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

const values = z.looseObject({ values: z.union([objects, z.string()]) });
const data = z.union([values, z.array(values).min(1)]);

/** Of every chart. */
const common = {
  data,
  width: z.number().optional(),
  height: z.number().optional(),
  padding: z.union([z.number(), object, z.array(z.unknown())]).optional(),
  color: z.union([z.array(z.string()), object]).optional(),
  region: objects.optional(),
  title: object.optional(),
  legends: oneOrMore.optional(),
  crosshair: oneOrMore.optional(),
  tooltip: object.optional(),
  player: object.optional(),
  dataZoom: oneOrMore.optional(),
  scrollBar: oneOrMore.optional(),
  theme: z.union([object, z.string()]).optional(),
  background: z.union([object, z.string()]).optional(),
  media: objects.optional(),
  animation: z.boolean().optional(),
};

const axis = z.looseObject({
  orient: z.enum(['left', 'right', 'top', 'bottom', 'z']),
  type: z.enum(['linear', 'band', 'time', 'log', 'symlog']).optional(),
  visible: z.boolean().optional(),
  tick: object.optional(),
  label: object.optional(),
  title: object.optional(),
  grid: object.optional(),
});

/** Of charts with two axes. Anything else is refused, so that a property of a later version is noticed; add what 1.12 knows. */
const cartesian = {
  ...common,
  xField: names,
  yField: names,
  seriesField: z.string().min(1).optional(),
  direction: z.enum(['horizontal', 'vertical']).optional(),
  axes: z.array(axis).optional(),
  stack: z.boolean().optional(),
  percent: z.boolean().optional(),
  invalidType: z.enum(['break', 'link', 'zero', 'ignore']).optional(),
  label: oneOrMore.optional(),
  point: object.optional(),
  markLine: oneOrMore.optional(),
  markArea: oneOrMore.optional(),
  markPoint: oneOrMore.optional(),
};

const line = z.strictObject({
  ...cartesian,
  type: z.enum(['line', 'area']),
  line: object.optional(),
  area: object.optional(),
});
const bar = z.strictObject({
  ...cartesian,
  type: z.literal('bar'),
  bar: object.optional(),
  barWidth: z.union([z.number(), z.string()]).optional(),
  barMaxWidth: z.union([z.number(), z.string()]).optional(),
  barGapInGroup: z.union([z.number(), z.string(), z.array(z.unknown())]).optional(),
});

/** Described no further than the platform's page names them. */
const other = z.looseObject({
  ...common,
  data: data.optional(),
  type: z.enum(['pie', 'scatter', 'radar', 'funnel', 'wordCloud', 'linearProgress', 'circularProgress', 'common']),
});

export const chartSpec = z.discriminatedUnion('type', [line, bar, other]);
