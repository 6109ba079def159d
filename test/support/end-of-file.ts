/**
 * What has to be done once a test file has ended. Files of one worker share their modules, so a hook that a helper registers when it
 * is first imported would belong to the first file only; `setup.ts` runs for every file.
 */
const endings: (() => Promise<void>)[] = [];

/** Runs after the last test of the file that runs now. */
export function atEndOfFile(ending: () => Promise<void>): void {
  endings.push(ending);
}

export async function endFile(): Promise<void> {
  for (const ending of endings.splice(0)) await ending();
}
