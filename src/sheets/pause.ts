/** Lets everything else have its turn between two pages. */
export function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
