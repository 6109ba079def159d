import type { ElementProps } from './element.tsx';
import { Icon } from './icon.tsx';
import { child, children, isNode } from './node.ts';
import { RichText } from './rich-text.tsx';

/** A paragraph, with short fields side by side. */
export function Div({ node }: ElementProps) {
  const fields = children(node, 'fields');
  return (
    <div class="div">
      {isNode(node['icon']) && <Icon node={node['icon']} />}
      {isNode(node['text']) && <RichText node={node['text']} />}
      {fields.length > 0 && (
        <div class="fields">
          {fields.map((field, index) => (
            <div key={index} class={field['is_short'] === true ? 'field-short' : 'field-long'}>
              <RichText node={child(field, 'text')} />
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
