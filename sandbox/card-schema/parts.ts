/** Pieces that several components of card JSON 2.0 share: texts, icons, spacing, behaviours. Unknown properties are errors everywhere. */
import * as z from 'zod';

/** The sizes the platform names; a card may name more of its own in `config.style.text_size`. */
export const TEXT_SIZES: readonly string[] = [
  ...['heading-0', 'heading-1', 'heading-2', 'heading-3', 'heading-4', 'heading', 'normal', 'notation'],
  ...['xxxx-large', 'xxx-large', 'xx-large', 'x-large', 'large', 'medium', 'small', 'x-small'],
];

const i18n = z.record(z.string(), z.string()).optional();
const margins = /^-?\d{1,2}px( -?\d{1,2}px){0,3}$/;
const paddings = /^\d{1,2}px( \d{1,2}px){0,3}$/;

const elementId = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,19}$/, 'element_id: a letter, then up to 19 letters, digits or _');
export const pixels = z.string().regex(/^\d+px$/, 'pixels such as 8px');
export const padding = z.string().regex(paddings, '0 to 99 px, one to four values');
export const spacing = z.union([z.enum(['small', 'medium', 'large', 'extra_large']), pixels]);
export const horizontalAlign = z.enum(['left', 'center', 'right']);
export const verticalAlign = z.enum(['top', 'center', 'bottom']);
export const width = z.union([z.enum(['auto', 'default', 'fill']), pixels]);
export const textSize = z.string().min(1);
/** A colour name such as `grey-600`, or `rgba(…)`. */
export const color = z
  .string()
  .regex(/^([a-z][a-z0-9_-]*|rgba?\([\d., ]+\)|#[0-9a-fA-F]{3,8})$/, 'a colour name or rgba()');
/** Component names become keys of `form_value`. */
export const componentName = z.string().min(1).max(100);

/** What every component may carry. */
export const common = {
  element_id: elementId.optional(),
  margin: z.string().regex(margins, 'margin: -99 to 99 px, one to four values').optional(),
};

/** How a container lays out its elements. */
export const layout = {
  direction: z.enum(['vertical', 'horizontal']).optional(),
  padding: padding.optional(),
  horizontal_spacing: spacing.optional(),
  horizontal_align: horizontalAlign.optional(),
  vertical_spacing: spacing.optional(),
  vertical_align: verticalAlign.optional(),
};

const textFace = { content: z.string(), i18n_content: i18n };

export const plainText = z.strictObject({ ...textFace, tag: z.literal('plain_text') });

export const shortPlainText = z.strictObject({
  tag: z.literal('plain_text'),
  content: z.string().max(100, 'at most 100 characters'),
  i18n_content: i18n,
});

export const titleText = z.strictObject({ ...textFace, tag: z.enum(['plain_text', 'lark_md']) });

/** The text of a `div`: the one place where a text object has a face of its own. */
export const styledText = z.strictObject({
  ...textFace,
  tag: z.enum(['plain_text', 'lark_md']),
  element_id: elementId.optional(),
  text_size: textSize.optional(),
  text_color: color.optional(),
  text_align: horizontalAlign.optional(),
  lines: z.number().int().positive().optional(),
});

export const markdownFields = {
  content: z.string(),
  i18n_content: i18n,
  text_size: textSize.optional(),
  text_align: horizontalAlign.optional(),
};

export const icon = z.discriminatedUnion('tag', [
  z.strictObject({
    tag: z.literal('standard_icon'),
    token: z.string().min(1),
    color: color.optional(),
    size: z.string().optional(),
  }),
  z.strictObject({ tag: z.literal('custom_icon'), img_key: z.string().min(1), size: z.string().optional() }),
]);

const url = z.string().regex(/^https?:\/\//, 'an http or https address');

export const multiUrl = z.strictObject({
  url: url.optional(),
  default_url: url.optional(),
  pc_url: z.string().optional(),
  ios_url: z.string().optional(),
  android_url: z.string().optional(),
});

export const linkAction = z.strictObject({ multi_url: multiUrl });

export const confirm = z.strictObject({ title: plainText, text: plainText });

export const behaviors = z
  .array(
    z.discriminatedUnion('type', [
      z.strictObject({
        type: z.literal('open_url'),
        default_url: url,
        pc_url: z.string().optional(),
        ios_url: z.string().optional(),
        android_url: z.string().optional(),
      }),
      z.strictObject({ type: z.literal('callback'), value: z.union([z.record(z.string(), z.unknown()), z.string()]) }),
    ]),
  )
  .min(1)
  .max(5);
