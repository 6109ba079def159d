/** `arrived`: its file is still to be fetched and read; `read`: it waits for a decision; the others are ends. */
export const importStates = ['arrived', 'read', 'done', 'cancelled', 'unreadable'] as const;
