/** The whole card: root, header, configuration, and the containers that hold other components. */
import * as z from 'zod';
import * as controls from './controls.ts';
import * as displays from './displays.ts';
import {
  behaviors,
  color,
  common,
  componentName,
  confirm,
  icon,
  layout,
  linkAction,
  markdownFields,
  multiUrl,
  padding,
  pixels,
  plainText,
  spacing,
  textSize,
  titleText,
} from './parts.ts';

/** Components hold components, so the list is looked up when it is used. */
const elements = z.array(z.lazy((): z.ZodType => element)).min(1, 'nothing in it');

const column = z.strictObject({
  ...common,
  ...layout,
  tag: z.literal('column'),
  width: z.union([z.enum(['auto', 'weighted']), pixels]).optional(),
  weight: z.number().int().min(1).max(5).optional(),
  background_style: color.optional(),
  elements: elements.optional(),
  action: linkAction.optional(),
});

const columnSet = z.strictObject({
  ...common,
  tag: z.literal('column_set'),
  flex_mode: z.enum(['none', 'stretch', 'flow', 'bisect', 'trisect']).optional(),
  background_style: color.optional(),
  horizontal_spacing: spacing.optional(),
  horizontal_align: z.enum(['left', 'center', 'right']).optional(),
  action: linkAction.optional(),
  columns: z.array(column).min(1),
});

const form = z.strictObject({
  ...common,
  ...layout,
  tag: z.literal('form'),
  name: componentName,
  elements,
  confirm: confirm.optional(),
});

const collapsiblePanel = z.strictObject({
  ...common,
  ...layout,
  tag: z.literal('collapsible_panel'),
  expanded: z.boolean().optional(),
  background_color: color.optional(),
  header: z.strictObject({
    title: z.discriminatedUnion('tag', [
      plainText.extend({ text_size: textSize.optional(), text_color: color.optional() }),
      z.strictObject({ ...markdownFields, tag: z.literal('markdown') }),
    ]),
    background_color: color.optional(),
    width: z.union([z.enum(['auto', 'fill', 'auto_when_fold']), pixels]).optional(),
    vertical_align: z.enum(['top', 'center', 'bottom']).optional(),
    padding: padding.optional(),
    icon: icon.optional(),
    icon_position: z.enum(['left', 'right', 'follow_text']).optional(),
    icon_expanded_angle: z.number().optional(),
  }),
  border: z.strictObject({ color: color.optional(), corner_radius: pixels.optional() }).optional(),
  elements,
});

const interactiveContainer = z.strictObject({
  ...common,
  ...layout,
  tag: z.literal('interactive_container'),
  behaviors: behaviors.optional(),
  width: z.union([z.enum(['auto', 'fill']), pixels]).optional(),
  height: z.union([z.enum(['auto', 'fill']), pixels]).optional(),
  background_style: color.optional(),
  has_border: z.boolean().optional(),
  border_color: color.optional(),
  corner_radius: pixels.optional(),
  disabled: z.boolean().optional(),
  disabled_tips: plainText.optional(),
  confirm: confirm.optional(),
  hover_tips: plainText.optional(),
  elements,
});

const element = z.discriminatedUnion('tag', [
  displays.markdown,
  displays.div,
  displays.hr,
  displays.img,
  displays.imgCombination,
  displays.person,
  displays.personList,
  displays.table,
  displays.chart,
  controls.button,
  controls.input,
  controls.selectStatic,
  controls.multiSelectStatic,
  controls.selectPerson,
  controls.multiSelectPerson,
  controls.selectImg,
  controls.datePicker,
  controls.pickerTime,
  controls.pickerDatetime,
  controls.overflow,
  controls.checker,
  columnSet,
  form,
  collapsiblePanel,
  interactiveContainer,
]);

const colors = [
  'blue',
  'wathet',
  'turquoise',
  'green',
  'yellow',
  'orange',
  'red',
  'carmine',
  'violet',
  'purple',
  'indigo',
];
/** A tag has another grey than a header. */
const tagColors = [...colors, 'neutral', 'lime'];
const headerColors = [...colors, 'grey', 'default'];

const header = z.strictObject({
  title: titleText,
  subtitle: titleText.optional(),
  text_tag_list: z
    .array(
      z.strictObject({
        tag: z.literal('text_tag'),
        element_id: common.element_id,
        text: plainText,
        color: z.enum(tagColors).optional(),
      }),
    )
    .max(3)
    .optional(),
  template: z.enum(headerColors).optional(),
  icon: icon.optional(),
  padding: padding.optional(),
});

const config = z.strictObject({
  streaming_mode: z.boolean().optional(),
  streaming_config: z
    .strictObject({
      print_frequency_ms: z.record(z.string(), z.number()).optional(),
      print_step: z.record(z.string(), z.number()).optional(),
      print_strategy: z.enum(['fast', 'delay']).optional(),
    })
    .optional(),
  summary: z
    .strictObject({ content: z.string().optional(), i18n_content: z.record(z.string(), z.string()).optional() })
    .optional(),
  locales: z.array(z.string()).optional(),
  enable_forward: z.boolean().optional(),
  update_multi: z.literal(true, { error: 'a 2.0 card is always shared: only true is allowed' }).optional(),
  width_mode: z.enum(['default', 'compact', 'fill']).optional(),
  use_custom_translation: z.boolean().optional(),
  enable_forward_interaction: z.boolean().optional(),
  style: z
    .strictObject({
      text_size: z
        .record(
          z.string(),
          z.strictObject({
            default: z.string().optional(),
            pc: z.string().optional(),
            mobile: z.string().optional(),
          }),
        )
        .optional(),
      color: z
        .record(z.string(), z.strictObject({ light_mode: z.string().optional(), dark_mode: z.string().optional() }))
        .optional(),
    })
    .optional(),
});

export const cardSchema = z.strictObject({
  schema: z.literal('2.0'),
  config: config.optional(),
  card_link: multiUrl.optional(),
  header: header.optional(),
  body: z.strictObject({ ...layout, elements: elements.optional() }).optional(),
});
