/** Components that only show something. */
import * as z from 'zod';
import { chartSpec } from './chart-spec.ts';
import {
  color,
  common,
  componentName,
  horizontalAlign,
  icon,
  markdownFields,
  pixels,
  plainText,
  styledText,
  textSize,
  verticalAlign,
  width,
} from './parts.ts';

export const markdown = z.strictObject({
  ...common,
  ...markdownFields,
  tag: z.literal('markdown'),
  icon: icon.optional(),
});

export const div = z.strictObject({
  ...common,
  tag: z.literal('div'),
  text: styledText.optional(),
  icon: icon.optional(),
  width: width.optional(),
  fields: z.array(z.strictObject({ is_short: z.boolean().optional(), text: styledText })).optional(),
});

export const hr = z.strictObject({ ...common, tag: z.literal('hr') });

export const img = z.strictObject({
  ...common,
  tag: z.literal('img'),
  img_key: z.string().min(1),
  alt: plainText.optional(),
  title: plainText.optional(),
  scale_type: z.enum(['crop_center', 'crop_top', 'fit_horizontal']).optional(),
  size: z.string().optional(),
  corner_radius: z.string().optional(),
  transparent: z.boolean().optional(),
  preview: z.boolean().optional(),
});

export const imgCombination = z.strictObject({
  ...common,
  tag: z.literal('img_combination'),
  combination_mode: z.enum(['double', 'triple', 'bisect', 'trisect']),
  combination_transparent: z.boolean().optional(),
  corner_radius: z.string().optional(),
  img_list: z
    .array(z.strictObject({ img_key: z.string().min(1) }))
    .min(1)
    .max(9),
});

const personSize = z.enum(['extra_small', 'small', 'medium', 'large']).optional();

export const person = z.strictObject({
  ...common,
  tag: z.literal('person'),
  user_id: z.string().min(1),
  size: personSize,
  show_avatar: z.boolean().optional(),
  show_name: z.boolean().optional(),
  style: z.enum(['normal', 'capsule']).optional(),
});

export const personList = z.strictObject({
  ...common,
  tag: z.literal('person_list'),
  persons: z.array(z.strictObject({ id: z.string().min(1) })).min(1),
  lines: z.number().int().positive().optional(),
  show_name: z.boolean().optional(),
  show_avatar: z.boolean().optional(),
  size: personSize,
  drop_invalid_user_id: z.boolean().optional(),
  icon: icon.optional(),
});

const tableColumn = z.strictObject({
  name: componentName,
  display_name: z.string().optional(),
  data_type: z.enum(['text', 'lark_md', 'options', 'number', 'persons', 'date', 'markdown']).optional(),
  format: z
    .strictObject({
      precision: z.number().int().min(0).max(10).optional(),
      symbol: z.string().optional(),
      separator: z.boolean().optional(),
    })
    .optional(),
  date_format: z.string().optional(),
  width: z.union([z.literal('auto'), z.string().regex(/^\d+(px|%)$/)]).optional(),
  horizontal_align: horizontalAlign.optional(),
  vertical_align: verticalAlign.optional(),
});

const tableCell = z.union([
  z.string(),
  z.number(),
  z.array(z.string()),
  z.array(z.strictObject({ text: z.string(), color: color.optional() })),
]);

export const table = z.strictObject({
  ...common,
  tag: z.literal('table'),
  page_size: z.number().int().min(1).max(10).optional(),
  row_height: z.union([z.enum(['low', 'middle', 'high', 'auto']), pixels]).optional(),
  row_max_height: pixels.optional(),
  freeze_first_column: z.boolean().optional(),
  header_style: z
    .strictObject({
      text_align: horizontalAlign.optional(),
      text_size: textSize.optional(),
      background_style: z.enum(['none', 'grey']).optional(),
      text_color: z.enum(['default', 'grey']).optional(),
      bold: z.boolean().optional(),
      lines: z.number().int().positive().optional(),
    })
    .optional(),
  columns: z.array(tableColumn).min(1).max(50),
  rows: z.array(z.record(z.string(), tableCell)),
});

export const chart = z.strictObject({
  ...common,
  tag: z.literal('chart'),
  chart_spec: chartSpec,
  aspect_ratio: z.enum(['1:1', '2:1', '4:3', '16:9']).optional(),
  color_theme: z.enum(['brand', 'rainbow', 'complementary', 'converse', 'primary']).optional(),
  preview: z.boolean().optional(),
  height: z.union([z.literal('auto'), pixels]).optional(),
});
