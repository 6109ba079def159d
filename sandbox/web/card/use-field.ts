/** One field of a card: its value, and what happens when it changes, inside a form or alone. */
import { useSignal } from '@preact/signals';
import type { FieldValue } from './fields.ts';
import { behaviorsOf, initialOf } from './fields.ts';
import { setField, useForm } from './form-state.ts';
import { useHost } from './host.ts';
import { type Node, text } from './node.ts';

export interface Field {
  readonly id: string;
  readonly value: FieldValue | undefined;
  readonly problem: string | undefined;
  readonly disabled: boolean;
  readonly required: boolean;
  /** A change by hand. Inside a form it waits for the submit; alone it is sent when the component calls back. */
  set(value: FieldValue): void;
}

export function useField(node: Node, path: string): Field {
  const host = useHost();
  const form = useForm();
  const alone = useSignal<FieldValue | undefined>(undefined);
  const name = text(node, 'name');
  const common = {
    id: `${host.key}-${path}`.replace(/[^\w-]/g, '-'),
    disabled: node['disabled'] === true,
    required: node['required'] === true,
  };
  if (form !== undefined && name !== '') {
    return {
      ...common,
      value: form.state.values.value[name] ?? initialOf(node),
      problem: form.state.problems.value[name],
      set: (value) => setField(form.state, { name, value }),
    };
  }
  async function send(value: FieldValue): Promise<void> {
    if (!behaviorsOf(node).calls) return;
    if ((await host.act({ path, choice: value })) === 'refused') alone.value = undefined;
  }
  return {
    ...common,
    value: alone.value ?? initialOf(node),
    problem: undefined,
    set(value) {
      alone.value = value;
      void send(value);
    },
  };
}
