import { describe, expect, test } from 'vitest';
import { cardProblems, checkCard } from '../../sandbox/card-schema.ts';

const text = (content: string) => ({ tag: 'plain_text', content });
const callback = [{ type: 'callback', value: { a: 1 } }];
const submit = { tag: 'button', name: 'go', text: text('提交'), form_action_type: 'submit', behaviors: callback };
const card = (...elements: unknown[]) => ({ schema: '2.0', body: { elements } });
const form = (...elements: unknown[]) => ({ tag: 'form', name: 'f', elements: [...elements, submit] });
const options = [
  { text: text('甲'), value: 'a' },
  { text: text('乙'), value: 'b' },
];

/** Every component with all the properties a card of ours is likely to use, and how to put it into a card. */
const standing: Record<string, Record<string, unknown>> = {
  markdown: { content: '**粗**', text_size: 'notation', text_align: 'left', margin: '0px 0px 4px 0px' },
  div: { text: { ...text('甲'), text_size: 'normal', text_color: 'grey' }, width: 'fill', element_id: 'd1' },
  hr: { margin: '4px' },
  img: { img_key: 'img_v2_x', alt: text('图'), scale_type: 'crop_center', size: 'large', preview: true },
  img_combination: { combination_mode: 'double', img_list: [{ img_key: 'k' }] },
  person: { user_id: 'ou_1', size: 'small' },
  person_list: { persons: [{ id: 'ou_1' }], lines: 1, drop_invalid_user_id: true },
  table: {
    page_size: 5,
    row_height: 'low',
    columns: [{ name: 'a', display_name: '甲', data_type: 'number', format: { precision: 1 } }],
    rows: [{ a: 1 }],
  },
  chart: {
    chart_spec: { type: 'bar', data: { values: [{ x: '甲', y: 1, tag: 'note' }] }, xField: 'x', yField: 'y' },
    aspect_ratio: '16:9',
    color_theme: 'brand',
  },
  button: { text: text('接收'), type: 'primary', size: 'medium', width: 'fill', behaviors: callback },
  input: { name: 'i', placeholder: text('请输入'), label: text('姓名'), max_length: 20, input_type: 'text' },
  select_static: { name: 's', options, initial_option: 'a', placeholder: text('请选择') },
  select_person: { name: 'p', placeholder: text('请选择') },
  date_picker: { name: 'd', initial_date: '2026-01-01' },
  picker_time: { name: 't', initial_time: '08:00' },
  picker_datetime: { name: 'dt', initial_datetime: '2026-01-01 08:00' },
  overflow: { options: [{ text: text('更多'), value: 'x' }], behaviors: callback },
  checker: { name: 'c', text: text('同意'), checked: true, overall_checkable: true },
  column_set: {
    flex_mode: 'none',
    columns: [{ tag: 'column', width: 'weighted', weight: 1, elements: [{ tag: 'hr' }] }],
  },
  form: { name: 'f', direction: 'vertical', elements: [submit] },
  collapsible_panel: {
    expanded: false,
    header: { title: text('更多'), icon: { tag: 'standard_icon', token: 'down', size: '16px 16px' } },
    border: { color: 'grey', corner_radius: '5px' },
    elements: [{ tag: 'hr' }],
  },
  interactive_container: { behaviors: callback, has_border: true, padding: '4px 8px', elements: [{ tag: 'hr' }] },
};
const inForm: Record<string, Record<string, unknown>> = {
  multi_select_static: { name: 'm', options, selected_values: ['a'] },
  multi_select_person: { name: 'mp' },
  select_img: { name: 'si', multi_select: true, options: [{ img_key: 'k', value: 'v' }] },
};

describe('components', () => {
  test.each(Object.entries(standing))('%s is taken, with one unknown property it is not', (tag, fields) => {
    expect(checkCard(card({ tag, ...fields }))).toEqual([]);
    expect(checkCard(card({ tag, ...fields, bogus: 1 }))).toEqual(['body.elements[0].bogus: unknown property']);
  });

  test.each(Object.entries(inForm))('%s is taken in a form, with one unknown property it is not', (tag, fields) => {
    expect(checkCard(card(form({ tag, ...fields })))).toEqual([]);
    expect(checkCard(card(form({ tag, ...fields, bogus: 1 })))).toEqual([
      'body.elements[0].elements[0].bogus: unknown property',
    ]);
  });

  test('header and configuration', () => {
    const header = {
      title: text('代办件'),
      subtitle: text('26-01-00001'),
      template: 'blue',
      text_tag_list: [{ tag: 'text_tag', text: text('已接收'), color: 'green' }],
      icon: { tag: 'standard_icon', token: 'x', color: 'blue' },
    };
    const config = { update_multi: true, width_mode: 'fill', summary: { content: '摘要' }, enable_forward: false };
    const plain = card({ tag: 'hr' });
    expect(checkCard({ ...plain, header, config })).toEqual([]);
    expect(checkCard({ ...plain, header: { ...header, extra: 1 } })).toEqual(['header.extra: unknown property']);
    expect(checkCard({ ...plain, header: { ...header, template: 'pink' } })).toHaveLength(1);
    expect(checkCard({ ...plain, header: { template: 'blue' } })).toHaveLength(1);
    expect(checkCard({ ...plain, config: { update_multi: false } })).toHaveLength(1);
    expect(checkCard({ ...plain, fallback: {} })).toEqual(['fallback: unknown property']);
  });

  test('grey is a colour of headers; a tag of that look is neutral', () => {
    const grey = (template: string, color: string) =>
      checkCard({
        ...card({ tag: 'hr' }),
        header: { title: text('甲'), template, text_tag_list: [{ tag: 'text_tag', text: text('乙'), color }] },
      });
    expect(grey('grey', 'neutral')).toEqual([]);
    expect(grey('grey', 'grey')).toHaveLength(1);
    expect(grey('neutral', 'neutral')).toHaveLength(1);
  });
});

describe('refused', () => {
  const manyHr = (count: number) => Array.from({ length: count }, () => ({ tag: 'hr' }));
  const nested = (depth: number): unknown =>
    depth === 0 ? { tag: 'hr' } : { tag: 'interactive_container', behaviors: callback, elements: [nested(depth - 1)] };
  const table = { tag: 'table', columns: [{ name: 'a' }], rows: [] };
  const panel = (element: unknown) => ({
    tag: 'collapsible_panel',
    header: { title: text('更多') },
    elements: [element],
  });
  const input = (name: string) => ({ tag: 'input', name });

  test.each<[string, unknown]>([
    ['no schema', { body: { elements: [] } }],
    ['old schema', { schema: '1.0', body: { elements: [] } }],
    ['unknown tag', card({ tag: 'blink' })],
    ['no tag', card({ content: 'x' })],
    ['removed tag action', card({ tag: 'action', actions: [] })],
    ['removed tag note', card({ tag: 'note', elements: [] })],
    ['201 elements', card(...manyHr(201))],
    ['6 tables', card(...Array.from({ length: 6 }, () => table))],
    ['tables written in markdown', card({ tag: 'markdown', content: '| a | b |\n| --- | --- |\n'.repeat(5) })],
    ['6 containers deep', card(nested(6))],
    ['name twice', card(form(input('a'), input('a')))],
    ['element_id twice', card({ tag: 'hr', element_id: 'x' }, { tag: 'hr', element_id: 'x' })],
    ['element_id starting with a digit', card({ tag: 'hr', element_id: '1x' })],
    ['form without a submit button', card({ tag: 'form', name: 'f', elements: [input('a')] })],
    ['form without a name', card({ tag: 'form', elements: [submit] })],
    ['nameless field in a form', card(form({ tag: 'input' }))],
    ['form in a column', card({ tag: 'column_set', columns: [{ tag: 'column', elements: [form()] }] })],
    ['form in a panel', card(panel(form()))],
    ['form in a form', card(form({ ...form(), name: 'g' }))],
    ['table in a column', card({ tag: 'column_set', columns: [{ tag: 'column', elements: [table] }] })],
    ['table in a form', card(form(table))],
    ['required outside a form', card({ ...input('a'), required: true })],
    ['submit outside a form', card(submit)],
    ['multi select outside a form', card({ tag: 'multi_select_static', name: 'm', options })],
    ['option value twice', card({ tag: 'select_static', options: [options[0], options[0]] })],
    ['initial option not offered', card({ tag: 'select_static', options, initial_option: 'z' })],
    ['placeholder too long', card({ ...input('a'), placeholder: text('字'.repeat(101)) })],
    ['button text too long', card({ tag: 'button', text: text('字'.repeat(101)) })],
    ['nothing on the card', card()],
    ['nothing in a column', card({ tag: 'column_set', columns: [{ tag: 'column', elements: [] }] })],
    ['nothing in a panel', card({ ...panel({ tag: 'hr' }), elements: [] })],
    ['text size nobody knows', card({ tag: 'markdown', content: 'x', text_size: 'giant' })],
    ['link that is not http', card({ tag: 'button', behaviors: [{ type: 'open_url', default_url: 'javascript:1' }] })],
    ['wrong type', card({ tag: 'markdown', content: 5 })],
    ['margin out of range', card({ tag: 'hr', margin: '100px' })],
    ['not an object', 'card'],
  ])('%s', (_name, value) => {
    expect(checkCard(value)).not.toEqual([]);
  });

  test('just inside the limits', () => {
    expect(checkCard(card(...manyHr(200)))).toEqual([]);
    expect(checkCard(card(nested(5)))).toEqual([]);
    expect(checkCard(card(...Array.from({ length: 5 }, () => table)))).toEqual([]);
    expect(checkCard({ ...card({ tag: 'markdown', content: 'x', text_size: 'giant' }), config: giant })).toEqual([]);
  });
  const giant = { style: { text_size: { giant: { default: 'heading', pc: 'heading', mobile: 'normal' } } } };

  test('a card above 30 KB', () => {
    const holding = (content: string) => card({ tag: 'markdown', content });
    expect(checkCard(holding('字'.repeat(9_900)))).toEqual([]);
    expect(checkCard(holding('字'.repeat(10_000)))).toHaveLength(1);
    expect(checkCard(holding('"'.repeat(8_000))), 'as JSON within JSON').toHaveLength(1);
    expect(checkCard(holding("<font color='red'>红</font>".repeat(200))), 'style tags written out').toHaveLength(1);
  });
});

describe('a chart', () => {
  const spec = { type: 'bar', data: { values: [{ x: '甲', y: 1 }] }, xField: 'x', yField: 'y' };
  const codes = (changed: object) =>
    cardProblems(card({ tag: 'chart', chart_spec: { ...spec, ...changed } })).map(({ code }) => code);

  test.each<[string, object]>([
    ['bars', {}],
    [
      'lying bars with their axis',
      { direction: 'horizontal', axes: [{ orient: 'bottom', tick: { noDecimals: true } }] },
    ],
    ['parts', { seriesField: 'part', stack: true, legends: { visible: true, orient: 'bottom' } }],
    ['a line', { type: 'line' }],
    ['several sets of data', { data: [{ id: 'a', values: [] }] }],
  ])('%s: taken', (_name, changed) => {
    expect(codes(changed)).toEqual([]);
  });

  test.each<[string, object]>([
    ['no type', { type: undefined }],
    ['a type nobody knows', { type: 'blocks' }],
    ['axes that are no list', { axes: null }],
    ['an axis at no side', { axes: [{ tick: {} }] }],
    ['no field for x', { xField: undefined }],
    ['no data', { data: undefined }],
    ['values that are no list', { data: { values: { x: 1 } } }],
    ['a property of a later version', { regressionLine: {} }],
  ])('%s: refused as a chart', (_name, changed) => {
    expect(codes(changed)).toContain(200550);
  });
});
