/** The line under a field that has to be put right. */
export function FieldProblem(props: { readonly id: string; readonly problem: string | undefined }) {
  if (props.problem === undefined) return null;
  return (
    <div class="field-problem" id={`${props.id}-problem`} role="alert">
      {props.problem}
    </div>
  );
}
