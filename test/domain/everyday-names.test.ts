import { expect, it } from 'vitest';
import { select } from '../../cards/form.ts';
import { registrationForm } from '../../cards/forms.ts';
import { optionText } from '../../src/domain/everyday-names.ts';
import { catalogueRows } from './catalogue-rows.ts';

const texts = catalogueRows.map(optionText);

it.each([
  '最低生活保障对象认定（低保）',
  '城乡居民参保登记（医保）',
  '残疾人证挂失补办（残疾证）',
  '残疾人证注销（残疾证）',
  '老年人福利补贴（高龄补贴）',
])('an item is offered with its everyday name: %s', (text) => {
  expect(texts).toContain(text);
});

it('each fits a line, keeps its name as its end, and is told from the others', () => {
  for (const text of texts) {
    expect([...text].length).toBeLessThanOrEqual(35);
    if (text.includes('（')) expect(text.endsWith('）')).toBe(true);
  }
  expect(new Set(texts).size).toBe(catalogueRows.length);
});

it('the picker of the registration card has room for all of them', () => {
  const options = catalogueRows.map((_, index) => ({ value: String(100 + index), text: texts[index] ?? '' }));
  const { optionsMax, optionBytes } = registrationForm.item;
  const drawn = JSON.stringify(select({ name: 'item', label: '事项', options, optionsMax, optionBytes }));
  for (const { value } of options) expect(drawn).toContain(`"value":"${value}"`);
});
