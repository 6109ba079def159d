import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { useDismiss } from '../use-dismiss.ts';
import type { ElementProps } from './element.tsx';
import { FieldProblem } from './field-problem.tsx';
import { type PersonRef, useHost } from './host.ts';
import { children, type Node, text, words } from './node.ts';
import { type Option, OptionList } from './option-list.tsx';
import { widthOf } from './style.ts';
import { useField } from './use-field.ts';

/** One or several of a list: options of the card, or people of the chat. */
export function Select({ node, path, above }: ElementProps) {
  const host = useHost();
  const field = useField(node, path);
  const open = useSignal(false);
  const place = useRef<HTMLDivElement>(null);
  const close = () => {
    open.value = false;
  };
  useDismiss({ place, active: open.value, close });
  const many = text(node, 'tag').startsWith('multi_');
  const options = optionsOf(node, host.people);
  const chosen = listOf(field.value);
  const shown = options.filter((option) => chosen.includes(option.value)).map((option) => option.text);
  const visible = shown.join('、') || words(node, 'placeholder') || '请选择';
  const label = above || words(node, 'placeholder') || '请选择';

  function choose(value: string): void {
    if (!many) {
      field.set(value);
      close();
    } else {
      field.set(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
    }
  }

  return (
    <div class="field" style={{ width: widthOf(text(node, 'width')) }} ref={place}>
      <button
        type="button"
        id={field.id}
        class="control select-button"
        disabled={field.disabled}
        aria-haspopup="listbox"
        aria-expanded={open.value}
        aria-label={`${label}：${visible}`}
        data-name={text(node, 'name')}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        <span class={shown.length === 0 ? 'placeholder' : 'chosen'}>{visible}</span>
        <span class="select-arrow" aria-hidden="true" />
      </button>
      {open.value && <OptionList {...{ options, chosen, many, label, choose, close }} />}
      <FieldProblem id={field.id} problem={field.problem} />
    </div>
  );
}

function listOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function optionsOf(node: Node, people: readonly PersonRef[]): readonly Option[] {
  const listed = children(node, 'options');
  if (!text(node, 'tag').endsWith('person')) {
    return listed.map((option) => ({ value: text(option, 'value'), text: words(option, 'text') }));
  }
  const allowed = listed.map((option) => text(option, 'value'));
  return people
    .filter(({ openId }) => allowed.length === 0 || allowed.includes(openId))
    .map(({ openId, name }) => ({ value: openId, text: name }));
}
