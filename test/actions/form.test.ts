import { describe, expect, expectTypeOf, it } from 'vitest';
import { TEXT_MAX } from '../../cards/field.ts';
import { caseForms, personalFields, registrationForm } from '../../cards/forms.ts';
import { readForm, readTyped } from '../../src/actions/form.ts';
import type { Outcome, Rating } from '../../src/domain/case.ts';

describe('a form is read by its table', () => {
  it('each field with the values of its kind', () => {
    const typed = readForm({ note: ' 缺户口簿 ', outcome: 'refused', other: 'x' }, caseForms.complete);
    expect(typed).toEqual({ note: '缺户口簿', outcome: 'refused', advice: '', externalNumber: '' });
    expectTypeOf(typed.outcome).toEqualTypeOf<Outcome>();
    const rated = readForm({ rating: '4' }, caseForms.followUp);
    expect(rated).toEqual({ rating: 4, comment: '' });
    expectTypeOf(rated.rating).toEqualTypeOf<Rating | undefined>();
  });

  it('with what is chosen to begin with, and a code of nobody’s is refused', () => {
    expect(readForm({}, caseForms.deliver)).toEqual({ deliveryWay: 'doorstep' });
    expect(() => readForm({ deliveryWay: 'drone' }, caseForms.deliver)).toThrow('choice_unknown');
    expect(readForm({ rating: '9' }, caseForms.followUp).rating).toBeUndefined();
  });

  it('and a text that is too long is refused by the name of its field', () => {
    const form = (length: number) => ({ materials: '字'.repeat(length) });
    expect(readForm(form(TEXT_MAX), caseForms.return).materials).toHaveLength(TEXT_MAX);
    expect(() => readForm(form(TEXT_MAX + 1), caseForms.return)).toThrow(
      expect.objectContaining({ sentence: '需补正的材料请控制在500字以内，改短后再点一次。' }),
    );
    expect(readTyped(form(TEXT_MAX + 1), caseForms.return).materials).toHaveLength(TEXT_MAX + 1);
  });
});

it('whatever can be typed into a registration is masked for a group', () => {
  expect(personalFields).toEqual([
    ...['applicantName', 'phone', 'contact', 'idNumber', 'address', 'otherErrand', 'remarks'],
  ]);
  for (const name of personalFields) expect(registrationForm[name].mask('张三丰13812341234')).not.toContain('三丰');
});
