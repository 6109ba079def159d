/** Resolves with the work or when the time is up, whichever is first; true when the work was done. */
export async function withinTime(work: Promise<unknown>, timeoutMs: number): Promise<boolean> {
  let late: NodeJS.Timeout | undefined;
  const timeUp = new Promise<boolean>((done) => {
    late = setTimeout(done, timeoutMs, false);
  });
  try {
    return await Promise.race([work.then(() => true), timeUp]);
  } finally {
    clearTimeout(late);
  }
}
