/** Pressing a component: before a form the question, then the form or the call back, once at a time. */
import { useSignal } from '@preact/signals';
import { useConfirm } from './confirm.tsx';
import { behaviorsOf } from './fields.ts';
import { useForm } from './form-state.ts';
import { useHost } from './host.ts';
import { type Node, text } from './node.ts';

export function usePress(node: Node, path: string): { press(): Promise<void>; busy: boolean } {
  const host = useHost();
  const form = useForm();
  const confirm = useConfirm();
  const busy = useSignal(false);
  const kind = text(node, 'form_action_type');
  const submits = kind === 'submit' && form !== undefined;

  async function act(): Promise<void> {
    const { calls, url } = behaviorsOf(node);
    if (kind === 'reset') form?.reset();
    else if (submits) await form.submit(path);
    else if (calls) await host.act({ path });
    else if (url !== '') window.open(url, '_blank', 'noreferrer');
  }

  return {
    busy: busy.value,
    async press() {
      // Clients ask nowhere else, whatever the component says.
      if (busy.value || (submits && !(await confirm(node)))) return;
      busy.value = true;
      try {
        await act();
      } finally {
        busy.value = false;
      }
    },
  };
}
