/** Files that belong to the program and are read while it runs. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The same folder whether this runs from the sources or from the bundle in `dist`. */
const root = programFolder(dirname(fileURLToPath(import.meta.url)));

/** The absolute path of a file or folder of the program, given from the project's folder, e.g. `db/seed/units.json`. */
export function programFile(path: string): string {
  return join(root, path);
}

function programFolder(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : programFolder(dirname(folder));
}
