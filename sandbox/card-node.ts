/** Reading card JSON of which nothing is known yet. */

type CardKey =
  | 'action'
  | 'alt'
  | 'behaviors'
  | 'body'
  | 'button_area'
  | 'buttons'
  | 'card_link'
  | 'chart_spec'
  | 'checked'
  | 'columns'
  | 'config'
  | 'content'
  | 'data'
  | 'data_type'
  | 'default_url'
  | 'default_value'
  | 'disabled'
  | 'display_name'
  | 'drop_invalid_user_id'
  | 'element_id'
  | 'elements'
  | 'fields'
  | 'form_action_type'
  | 'header'
  | 'icon'
  | 'id'
  | 'initial_date'
  | 'initial_datetime'
  | 'initial_index'
  | 'initial_option'
  | 'initial_time'
  | 'input_type'
  | 'is_short'
  | 'label'
  | 'max_length'
  | 'name'
  | 'options'
  | 'padding'
  | 'persons'
  | 'placeholder'
  | 'required'
  | 'rows'
  | 'schema'
  | 'selected_values'
  | 'style'
  | 'subtitle'
  | 'tag'
  | 'text'
  | 'text_size'
  | 'text_tag_list'
  | 'title'
  | 'type'
  | 'user_id'
  | 'user_name'
  | 'value';

/** A JSON object of a card: any of these properties may be there, with any value. */
export type CardNode = Readonly<Partial<Record<CardKey, unknown>>>;

/** A plain JSON object, not an array. */
export function isNode(value: unknown): value is CardNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object; an empty one for anything else. */
export function asNode(value: unknown): CardNode {
  return isNode(value) ? value : {};
}

/** The value as a list; an empty one for anything else. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value as text; empty for anything else. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
