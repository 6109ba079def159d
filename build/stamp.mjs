/** Of which sources the bundle in `dist` was made. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const STAMP = 'stamp.json';

/**
 * @typedef {object} Stamp
 * @property {string | undefined} key of the contents, see `keyOf`
 * @property {string[]} inputs our own files in the bundle, from the project's folder
 * @property {string[]} files names in `dist`
 */

/**
 * Contents, not times: copying and checking out change times, or keep them over a change.
 * @param {readonly string[]} inputs our own files
 * @param {string} root the project's folder
 * @returns {string | undefined} a hash of them, of the packages' versions and of the way of bundling; undefined when a file is gone
 */
export function keyOf(inputs, root) {
  const own = readdirSync(join(root, 'build')).map((name) => `build/${name}`);
  const hash = createHash('sha256');
  try {
    for (const path of [...inputs, ...own, 'package.json', 'node_modules/.package-lock.json']) {
      hash.update(path).update(readFileSync(join(root, path)));
    }
  } catch {
    return undefined;
  }
  return hash.digest('hex');
}

/**
 * @param {string} folder
 * @returns {Stamp | undefined} undefined when nothing was bundled there yet
 */
export function readStamp(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, STAMP), 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * @param {Stamp} stamp
 * @param {{ root: string, folder: string }} at
 */
export function isFresh(stamp, { root, folder }) {
  const key = keyOf(stamp.inputs, root);
  return key !== undefined && key === stamp.key && stamp.files.every((name) => existsSync(join(folder, name)));
}
