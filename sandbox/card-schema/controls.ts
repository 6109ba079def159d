/** Components a person can press or fill in. */
import * as z from 'zod';
import {
  behaviors,
  common,
  componentName,
  confirm,
  icon,
  multiUrl,
  padding,
  pixels,
  plainText,
  shortPlainText,
  titleText,
  width,
} from './parts.ts';

const json = z.union([z.record(z.string(), z.unknown()), z.string()]);

const BUTTON_TYPES = [
  'default',
  'primary',
  'danger',
  'text',
  'primary_text',
  'danger_text',
  'primary_filled',
  'danger_filled',
  'laser',
] as const;

/** Shared by everything that can be filled in. */
const field = {
  ...common,
  name: componentName.optional(),
  required: z.boolean().optional(),
  disabled: z.boolean().optional(),
  disabled_tips: plainText.optional(),
  hover_tips: plainText.optional(),
  value: json.optional(),
  behaviors: behaviors.optional(),
  confirm: confirm.optional(),
  width: width.optional(),
};

export const button = z.strictObject({
  ...common,
  tag: z.literal('button'),
  text: shortPlainText.optional(),
  type: z.enum(BUTTON_TYPES).optional(),
  size: z.enum(['tiny', 'small', 'medium', 'large']).optional(),
  width: z.union([z.enum(['default', 'fill']), pixels]).optional(),
  icon: icon.optional(),
  hover_tips: plainText.optional(),
  disabled: z.boolean().optional(),
  disabled_tips: plainText.optional(),
  confirm: confirm.optional(),
  behaviors: behaviors.optional(),
  name: componentName.optional(),
  form_action_type: z.enum(['submit', 'reset']).optional(),
  required: z.boolean().optional(),
});

export const input = z.strictObject({
  ...field,
  tag: z.literal('input'),
  placeholder: shortPlainText.optional(),
  default_value: z.string().optional(),
  max_length: z.number().int().min(1).max(1000).optional(),
  input_type: z.enum(['text', 'multiline_text', 'password']).optional(),
  rows: z.number().int().positive().optional(),
  auto_resize: z.boolean().optional(),
  max_rows: z.number().int().positive().optional(),
  show_icon: z.boolean().optional(),
  label: plainText.optional(),
  label_position: z.enum(['top', 'left']).optional(),
});

const select = {
  ...field,
  type: z.enum(['default', 'text']).optional(),
  placeholder: shortPlainText.optional(),
};
const option = z.strictObject({ text: plainText, icon: icon.optional(), value: z.string().min(1) });
const options = z.array(option).min(1);
const personOptions = z.array(z.strictObject({ value: z.string().min(1) })).optional();
const initialIndex = z.number().int().min(1).optional();

export const selectStatic = z.strictObject({
  ...select,
  tag: z.literal('select_static'),
  initial_option: z.string().optional(),
  initial_index: initialIndex,
  options,
});

export const multiSelectStatic = z.strictObject({
  ...select,
  tag: z.literal('multi_select_static'),
  selected_values: z.array(z.string()).optional(),
  options,
});

export const selectPerson = z.strictObject({
  ...select,
  tag: z.literal('select_person'),
  initial_option: z.string().optional(),
  options: personOptions,
});

export const multiSelectPerson = z.strictObject({
  ...select,
  tag: z.literal('multi_select_person'),
  selected_values: z.array(z.string()).optional(),
  options: personOptions,
});

export const selectImg = z.strictObject({
  ...field,
  tag: z.literal('select_img'),
  multi_select: z.boolean().optional(),
  layout: z.enum(['stretch', 'bisect', 'trisect']).optional(),
  can_preview: z.boolean().optional(),
  aspect_ratio: z.enum(['1:1', '16:9', '4:3']).optional(),
  style: z.enum(['default', 'laser']).optional(),
  options: z
    .array(
      z.strictObject({
        img_key: z.string().min(1),
        value: z.string().min(1),
        disabled: z.boolean().optional(),
        disabled_tips: plainText.optional(),
        hover_tips: plainText.optional(),
      }),
    )
    .min(1),
});

const picker = { ...field, placeholder: shortPlainText.optional() };

export const datePicker = z.strictObject({
  ...picker,
  tag: z.literal('date_picker'),
  initial_date: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, 'yyyy-MM-dd')
    .optional(),
});

export const pickerTime = z.strictObject({
  ...picker,
  tag: z.literal('picker_time'),
  initial_time: z
    .string()
    .regex(/^\d{2}:\d{2}$/, 'HH:mm')
    .optional(),
});

export const pickerDatetime = z.strictObject({
  ...picker,
  tag: z.literal('picker_datetime'),
  initial_datetime: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/, 'yyyy-MM-dd HH:mm')
    .optional(),
});

export const overflow = z.strictObject({
  ...common,
  tag: z.literal('overflow'),
  width: width.optional(),
  options: z
    .array(z.strictObject({ text: shortPlainText, multi_url: multiUrl.optional(), value: z.string().optional() }))
    .min(1),
  value: json.optional(),
  confirm: confirm.optional(),
  behaviors: behaviors.optional(),
});

export const checker = z.strictObject({
  ...common,
  tag: z.literal('checker'),
  name: componentName.optional(),
  checked: z.boolean().optional(),
  text: titleText.optional(),
  value: json.optional(),
  overall_checkable: z.boolean().optional(),
  button_area: z
    .strictObject({
      pc_display_rule: z.enum(['always', 'on_hover']).optional(),
      buttons: z.array(button).max(3).optional(),
    })
    .optional(),
  checked_style: z
    .strictObject({ show_strikethrough: z.boolean().optional(), opacity: z.number().min(0).max(1).optional() })
    .optional(),
  padding: padding.optional(),
  behaviors: behaviors.optional(),
  confirm: confirm.optional(),
  disabled: z.boolean().optional(),
  disabled_tips: plainText.optional(),
  hover_tips: plainText.optional(),
});
