import type { ElementProps } from './element.tsx';
import { FieldProblem } from './field-problem.tsx';
import { number, text, words } from './node.ts';
import { widthOf } from './style.ts';
import { useField } from './use-field.ts';

/** A field to type in, one line or several. */
export function Input({ node, path, above }: ElementProps) {
  const field = useField(node, path);
  const kind = text(node, 'input_type');
  const label = words(node, 'label');
  const value = typeof field.value === 'string' ? field.value : '';
  const max = number(node, 'max_length');
  const common = {
    id: field.id,
    name: text(node, 'name'),
    value,
    disabled: field.disabled,
    placeholder: words(node, 'placeholder'),
    autoComplete: 'off',
    'aria-required': field.required,
    'aria-invalid': field.problem !== undefined,
    'aria-label': label === '' ? above || words(node, 'placeholder') || '输入' : undefined,
    ...(max === undefined ? {} : { maxLength: max }),
    onInput: (event: { currentTarget: { value: string } }) => field.set(event.currentTarget.value),
  };
  return (
    <div
      class={`field${text(node, 'label_position') === 'left' ? ' field-left' : ''}`}
      style={{ width: widthOf(text(node, 'width')) }}
    >
      {label !== '' && (
        <label for={field.id}>
          {label}
          {field.required && (
            <span class="required" aria-hidden="true">
              *
            </span>
          )}
        </label>
      )}
      {kind === 'multiline_text' ? (
        <textarea class="control" rows={number(node, 'rows') ?? 3} {...common} />
      ) : (
        <input class="control" {...common} {...(kind === 'password' ? { type: 'password' } : {})} />
      )}
      {max !== undefined && value.length > max * 0.8 && (
        <div class="field-count">
          {value.length}/{max}
        </div>
      )}
      <FieldProblem id={field.id} problem={field.problem} />
    </div>
  );
}
