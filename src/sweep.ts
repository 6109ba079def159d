/** One go through many chats: what was found in one is done, whatever becomes of the others. */
import type { ListedChat } from './lark/history.ts';
import type { MissingMessages } from './missing-messages.ts';

/** After so many chats in a row that could not be read, the rest waits as well. */
const FAILURES_MAX = 3;

/**
 * What takes in what is missing in the chats since then (ms), and how many messages that were in all. Rejects with why where a chat
 * could not be read; called again it goes on with those that are left, which failed last of all.
 */
export function createSweep(
  missing: MissingMessages,
  chats: readonly ListedChat[],
  since: number,
): () => Promise<number> {
  const left = [...chats];
  let messages = 0;
  return async () => {
    const failed: ListedChat[] = [];
    let failure: unknown;
    let inARow = 0;
    while (inARow < FAILURES_MAX) {
      const chat = left.shift();
      if (chat === undefined) break;
      try {
        const taken = await missing.take(await missing.find(chat, since));
        messages += taken;
        inARow = 0;
        if (missing.isDenied()) return messages;
      } catch (error) {
        failure = error;
        inARow += 1;
        failed.push(chat);
      }
    }
    left.push(...failed);
    if (failed.length > 0) throw failure;
    return messages;
  };
}
