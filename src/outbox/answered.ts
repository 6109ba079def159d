/**
 * Updates that need not be sent, because the answer to a press has shown their card already. Remembered by this process alone and not
 * for long: what is forgotten, or not known to another process, is sent once more, which costs a call and does no harm.
 */
export interface AnsweredUpdates {
  /** @param wasAnswered asked when the update is due: whether the answer got through as far as can be told. */
  note(update: { readonly uuid: string; readonly wasAnswered: () => boolean }): void;
  /** Whether the row with this uuid has nothing to add. */
  isShown(uuid: string): boolean;
}

/** Presses of the minute until their updates are due. Each keeps its connection in memory, some 25 KB. */
const REMEMBERED_MAX = 300;

export function createAnsweredUpdates(): AnsweredUpdates {
  const noted = new Map<string, () => boolean>();
  return {
    note({ uuid, wasAnswered }) {
      noted.set(uuid, wasAnswered);
      const [oldest] = noted.keys();
      if (noted.size > REMEMBERED_MAX && oldest !== undefined) noted.delete(oldest);
    },
    isShown: (uuid) => noted.get(uuid)?.() ?? false,
  };
}
