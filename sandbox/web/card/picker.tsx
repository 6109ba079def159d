import type { ElementProps } from './element.tsx';
import { FieldProblem } from './field-problem.tsx';
import { text, words } from './node.ts';
import { widthOf } from './style.ts';
import { useField } from './use-field.ts';

const types: Readonly<Record<string, 'date' | 'time' | 'datetime-local'>> = {
  date_picker: 'date',
  picker_time: 'time',
  picker_datetime: 'datetime-local',
};

/** Date, time, or both. The platform writes a blank where HTML writes a T. */
export function Picker({ node, path, above }: ElementProps) {
  const field = useField(node, path);
  const value = typeof field.value === 'string' ? field.value : '';
  return (
    <div class="field" style={{ width: widthOf(text(node, 'width')) }}>
      <input
        class="control"
        id={field.id}
        type={types[text(node, 'tag')] ?? 'date'}
        value={value.replace(' ', 'T')}
        disabled={field.disabled}
        aria-label={above || words(node, 'placeholder') || '日期'}
        aria-invalid={field.problem !== undefined}
        onChange={(event) => field.set(event.currentTarget.value.replace('T', ' '))}
      />
      <FieldProblem id={field.id} problem={field.problem} />
    </div>
  );
}
