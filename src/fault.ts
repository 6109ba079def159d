/** What of an error may stand in the log: its kind and where it happened. Messages may quote a resident's data and stay out. */

export interface Fault {
  readonly name: string;
  readonly code: string | number | undefined;
  readonly frames: readonly string[];
}

/** Name, code and the first stack frames of anything thrown. */
export function describeFault(thrown: unknown): Fault {
  if (!(thrown instanceof Error)) return { name: typeof thrown, code: undefined, frames: [] };
  const code = 'code' in thrown ? thrown.code : undefined;
  const frames = (thrown.stack ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '))
    .slice(0, 6);
  return {
    name: thrown.name,
    code: typeof code === 'string' || typeof code === 'number' ? code : undefined,
    frames,
  };
}
