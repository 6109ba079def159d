import type { ElementProps } from './element.tsx';
import { FieldProblem } from './field-problem.tsx';
import { useHost } from './host.ts';
import { children, text } from './node.ts';
import { useField } from './use-field.ts';

/** Pictures to choose from. */
export function SelectImage({ node, path }: ElementProps) {
  const host = useHost();
  const field = useField(node, path);
  const many = node['multi_select'] === true;
  const chosen = typeof field.value === 'string' ? [field.value] : Array.isArray(field.value) ? field.value : [];
  return (
    <div class="field">
      <div class="image-options">
        {children(node, 'options').map((option, index) => {
          const value = text(option, 'value');
          const others = chosen.filter((one) => one !== value);
          return (
            <button
              key={value}
              type="button"
              class="image-option"
              disabled={field.disabled || option['disabled'] === true}
              aria-pressed={chosen.includes(value)}
              onClick={() => field.set(many ? (chosen.includes(value) ? others : [...others, value]) : value)}
            >
              <img src={host.imageUrl(text(option, 'img_key'))} alt={`选项 ${index + 1}`} />
            </button>
          );
        })}
      </div>
      <FieldProblem id={field.id} problem={field.problem} />
    </div>
  );
}
