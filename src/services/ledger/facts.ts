/** The facts of an entry that may have been changed by hand: nothing is taken for granted. Empty when it is no object. */
export function factsOf({ payload }: { readonly payload: string }): Readonly<Record<string, unknown>> {
  try {
    const facts: unknown = JSON.parse(payload);
    return typeof facts === 'object' && facts !== null && !Array.isArray(facts) ? { ...facts } : {};
  } catch {
    return {};
  }
}
