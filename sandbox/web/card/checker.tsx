import { CardButton } from './button.tsx';
import type { ElementProps } from './element.tsx';
import { FieldProblem } from './field-problem.tsx';
import { child, children, number, text } from './node.ts';
import { RichText } from './rich-text.tsx';
import { useField } from './use-field.ts';

/** A box to tick, with up to three buttons beside it. */
export function Checker({ node, path }: ElementProps) {
  const field = useField(node, path);
  const checked = field.value === true;
  const style = child(node, 'checked_style');
  const buttons = children(child(node, 'button_area'), 'buttons');
  return (
    <div class="field">
      <div class="checker" style={{ padding: text(node, 'padding') || undefined }}>
        <label>
          <input
            type="checkbox"
            id={field.id}
            name={text(node, 'name')}
            checked={checked}
            disabled={field.disabled}
            onChange={(event) => field.set(event.currentTarget.checked)}
          />
          <span
            style={{
              textDecoration: checked && style['show_strikethrough'] === true ? 'line-through' : undefined,
              opacity: checked ? number(style, 'opacity') : undefined,
            }}
          >
            <RichText node={child(node, 'text')} />
          </span>
        </label>
        {buttons.map((button, index) => (
          <CardButton key={index} node={button} path={`${path}.button_area.buttons.${index}`} above="" />
        ))}
      </div>
      <FieldProblem id={field.id} problem={field.problem} />
    </div>
  );
}
