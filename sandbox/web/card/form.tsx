import { useEffect } from 'preact/hooks';
import { type ElementProps, Elements } from './element.tsx';
import { fieldsOf } from './fields.ts';
import { clearForm, FormProvider, formState, problemsOf, pruneForm } from './form-state.ts';
import { useHost } from './host.ts';
import { text } from './node.ts';
import { layout } from './style.ts';

/** A form: it keeps what is typed until the bot has taken it. */
export function Form({ node, path }: ElementProps) {
  const host = useHost();
  const state = formState(`${host.key}/${text(node, 'name')}`);
  const fields = fieldsOf(node);
  const names = fields.map((field) => field.name).join(' ');
  useEffect(() => pruneForm(state, fields), [state, names]);

  async function submit(button: string): Promise<void> {
    const problems = problemsOf(state, fields);
    state.problems.value = problems;
    if (Object.keys(problems).length > 0) return;
    if ((await host.act({ path: button, form: state.values.value })) === 'done') clearForm(state);
  }

  return (
    <FormProvider value={{ state, fields, submit, reset: () => clearForm(state) }}>
      <div class="form" style={layout(node)}>
        <Elements of={node} path={path} />
      </div>
    </FormProvider>
  );
}
