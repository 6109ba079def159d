/** The repositories as they are exported, for tests that try every method of every one. */
import { readdirSync } from 'node:fs';
import type { Tx } from '../../db/database.ts';
import { exercises } from './exercises.ts';

type Method = (tx: Tx, ...rest: unknown[]) => Promise<unknown>;
export type Repository = Readonly<Record<string, Method>>;

const folder = new URL('../../db/repositories/', import.meta.url);
export const repositoryFiles = readdirSync(folder).sort();

/** The exported repositories of a file, reads first. Guarantee of the cast: an export of this name is an object of methods. */
export async function repositoriesOf(file: string): Promise<[name: string, Repository][]> {
  const exported = (await import(new URL(file, folder).href)) as Record<string, unknown>;
  return Object.entries(exported)
    .filter(([name]) => /(?:Reads|Writes)$/.test(name))
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, repository]) => [name, repository as Repository]);
}

/** The arguments of each exercise of a method, without the transaction. */
export function exercisesOf(name: string, method: string): readonly unknown[][] {
  const calls = (exercises as Record<string, Record<string, readonly unknown[][]>>)[name]?.[method];
  if (!calls) throw new Error(`${name}.${method} is missing in exercises.ts`);
  return calls;
}
