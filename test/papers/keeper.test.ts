/** The keeper on a disk: what is written there, and what happens when it is full. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CaseRow } from '../../db/repositories/case.ts';
import { createPaperKeeper } from '../../src/papers/keeper.ts';
import { createFolderStore, type PaperStore } from '../../src/papers/store.ts';
import { ZONE } from '../support/office.ts';
import { ADA, NAME, openScene, PHONE, type Scene, VILLAGE } from '../support/scene.ts';
import { asksFor, lays, papersOf, photo } from './support.ts';

let scene: Scene;
let record: CaseRow;
let folder: string;
let store: PaperStore;
let full: boolean;

beforeEach(async () => {
  scene = await openScene();
  record = await scene.register();
  folder = mkdtempSync(join(tmpdir(), 'daiban-papers-'));
  const onDisk = createFolderStore(folder);
  full = false;
  const put: PaperStore['put'] = async (name, bytes) => {
    if (full) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    await onDisk.put(name, bytes);
  };
  store = { ...onDisk, put };
  await asksFor(scene, VILLAGE);
});
afterEach(async () => {
  await scene.close();
  rmSync(folder, { recursive: true });
});

async function fetchAll(): Promise<void> {
  const { db, vault, clock } = scene;
  const lark = { download: async ({ key }: { key: string }) => Readable.from([scene.resources.get(key)]) };
  const log = pino({ level: 'silent' });
  await createPaperKeeper({ db, vault, clock, zone: ZONE, log, lark, store, wake: () => {} }).drain();
}

const filesThere = () => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());

it('leaves nothing in clear, neither in the folder nor in the database', async () => {
  const sent = await photo();
  await scene.sends(ADA, { files: [{ ...lays(scene, sent), name: `${NAME}的身份证.jpg` }] });
  await fetchAll();
  const [paper] = await papersOf(scene, record);
  const [file, ...more] = filesThere();
  expect([file?.name, more]).toEqual([paper?.fileName, []]);
  const bytes = readFileSync(join(file?.parentPath ?? '', file?.name ?? ''));
  expect(bytes.length).toBe(paper?.bytes);
  for (const clear of ['JFIF', 'Exif', 'SecretCamera', NAME, PHONE]) expect(bytes.includes(clear)).toBe(false);
  const rows = JSON.stringify(await papersOf(scene, record)) + (await scene.dump());
  for (const clear of [NAME, PHONE, 'SecretCamera']) expect(rows).not.toContain(clear);
});

it('waits for a full disk, and loses nothing', async () => {
  full = true;
  await scene.sends(ADA, { files: [lays(scene, await photo())] });
  await fetchAll();
  expect(await papersOf(scene, record)).toMatchObject([{ state: 'waiting', attempts: 1 }]);
  expect(filesThere()).toEqual([]);
  full = false;
  scene.clock.advance(5_000);
  await fetchAll();
  expect(await papersOf(scene, record)).toMatchObject([{ state: 'kept' }]);
  expect(filesThere()).toHaveLength(1);
});
