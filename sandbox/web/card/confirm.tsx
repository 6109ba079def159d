/** The question some components ask before a press counts. */
import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { isNode, type Node, words } from './node.ts';

interface Question {
  readonly title: string;
  readonly text: string;
  /** What is agreed to cannot be taken back. */
  readonly grave?: boolean;
  answer(agreed: boolean): void;
}

const question = signal<Question | undefined>(undefined);

/** Asks the component's question if it has one; true when the person agrees or there is nothing to ask. */
export function useConfirm(): (node: Node) => Promise<boolean> {
  return (node) => {
    const confirm = node['confirm'];
    if (!isNode(confirm)) return Promise.resolve(true);
    return ask({ title: words(confirm, 'title'), text: words(confirm, 'text') });
  };
}

/** Asks with a dialog; false when it is closed. */
export function ask(words: {
  readonly title: string;
  readonly text: string;
  readonly grave?: boolean;
}): Promise<boolean> {
  return new Promise((resolve) => {
    question.value = {
      ...words,
      answer(agreed) {
        question.value = undefined;
        resolve(agreed);
      },
    };
  });
}

/** The place of the dialog; once per page. */
export function ConfirmDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const asked = question.value;
  useEffect(() => {
    if (asked !== undefined) dialog.current?.showModal();
  }, [asked]);
  if (asked === undefined) return null;
  return (
    <dialog ref={dialog} class="confirm" aria-labelledby="confirm-title" onCancel={() => asked.answer(false)}>
      <h2 id="confirm-title">{asked.title}</h2>
      <p>{asked.text}</p>
      <div class="confirm-buttons">
        <button type="button" class="btn" onClick={() => asked.answer(false)}>
          取消
        </button>
        <button
          type="button"
          class={asked.grave ? 'btn btn-danger_filled' : 'btn btn-primary'}
          onClick={() => asked.answer(true)}
        >
          确定
        </button>
      </div>
    </dialog>
  );
}
