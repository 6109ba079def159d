/** The ledger as strangers get it, and the one file by which they check it. */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ledgerReads } from '../../db/repositories/ledger.ts';
import { exportLedger } from '../../src/services/ledger/export.ts';
import { rotateLedgerKey } from '../../src/services/ledger/rotate-key.ts';
import { ADA, ADMIN, CLERK, ID_NUMBER, NAME, openScene, PHONE, type Scene, TOWN, VILLAGE } from '../support/scene.ts';

const TOOL = fileURLToPath(new URL('../../tools/verify-ledger.mjs', import.meta.url));
const TYPED = '户口本缺页';

let scene: Scene;
let lines: string[];
let publicKey: string;

beforeEach(async () => {
  scene = await openScene();
  await scene.register({ idNumber: ID_NUMBER, remarks: `${NAME}上门` });
  await scene.does(CLERK, { target: TOWN, label: '退回补正', form: { note: TYPED, materials: TYPED } });
  await scene.does(ADA, { target: VILLAGE, label: '重新转送', form: { note: TYPED } });
  await scene.does(CLERK, { target: TOWN, label: '接收', form: { externalNumber: 'YC-2025-7' } });
  await scene.does(CLERK, { target: TOWN, label: '查看申请人' });
  await take();
});

afterEach(() => scene.close());

async function take(): Promise<void> {
  lines = await scene.db.read(async (tx) => {
    const written: string[] = [];
    for await (const line of exportLedger({ tx })) written.push(line);
    return written;
  });
  publicKey = (await keys()).at(-1) ?? '';
}

const keys = () => scene.db.read((tx) => ledgerReads.keys(tx)).then((rows) => rows.map((row) => row.publicKey));

async function check(given: readonly string[] = lines, key = publicKey) {
  const child = spawn(process.execPath, [TOOL, '-', '--key', key], { stdio: 'pipe' });
  // A reader that stops early is no fault of the writer.
  child.stdin.on('error', () => {});
  child.stdin.end(given.map((line) => `${line}\n`).join(''));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const code = await new Promise((done) => {
    if (child.exitCode !== null) done(child.exitCode);
    else child.on('exit', done);
  });
  return { code, out, err };
}

/** The lines with that of an entry of the kind changed, or without it. */
function changed(
  kind: string,
  change: (entry: Record<string, unknown>) => Record<string, unknown> | undefined,
): string[] {
  let found = 0;
  const after = lines.flatMap((line) => {
    const entry = JSON.parse(line) as Record<string, unknown>;
    if (entry['kind'] !== kind || found++ > 0) return [line];
    const other = change(entry);
    return other ? [JSON.stringify(other)] : [];
  });
  expect(found).toBeGreaterThan(0);
  return after;
}

describe('an exported ledger', () => {
  it('holds every entry and nothing that somebody typed', async () => {
    const entries = await scene.entries();
    expect(lines.filter((line) => 'seq' in JSON.parse(line) && 'kind' in JSON.parse(line))).toHaveLength(
      entries.length,
    );
    const whole = lines.join('\n');
    for (const secret of [NAME, PHONE, ID_NUMBER, TYPED]) expect(whole).not.toContain(secret);
    for (const { sealed } of entries) if (sealed !== null) expect(whole).not.toContain(sealed);
    expect(entries.filter(({ sealed }) => sealed !== null).length).toBeGreaterThan(2);
  });

  it('is checked by one file with the public key alone', async () => {
    const entries = await scene.entries();
    const last = entries.filter(({ townId }) => townId === scene.unitId('巴彦托海镇')).at(-1);
    const { code, out, err } = await check();
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(`台账：3 条链，核对了 ${entries.length} 条记录。`);
    expect(out).toContain(`单位 ${last?.townId} 第 ${last?.seq} 条 ${last?.hash.slice(0, 16)}\n`);
    expect(out).toContain('OK，全部完好。');
  });

  it('of which nothing is left but its first line is not taken', async () => {
    const { code, out } = await check(lines.slice(0, 1));
    expect([code, out.includes('OK')]).toEqual([1, false]);
  });

  it.each<[string, string, (entry: Record<string, unknown>) => Record<string, unknown> | undefined, string]>([
    ['an entry that is gone', 'accept', () => undefined, '前面缺了记录'],
    ['another time', 'accept', (entry) => ({ ...entry, at: 1 }), '被改动过'],
    ['another person', 'accept', (entry) => ({ ...entry, actorId: '1' }), '被改动过'],
    ['another payload', 'accept', (entry) => ({ ...entry, payload: '{}' }), '被改动过'],
    ['another sealed note', 'return', (entry) => ({ ...entry, sealedHash: '0'.repeat(64) }), '被改动过'],
    ['another signature', 'accept', (entry) => ({ ...entry, signature: 'A'.repeat(86) }), '签名不对'],
    ['no signature', 'accept', ({ signature: _, ...entry }) => entry, '签名不对'],
    ['another previous hash', 'accept', (entry) => ({ ...entry, prevHash: '0'.repeat(64) }), '接不上'],
  ])('with %s is not taken', async (_what, kind, change, words) => {
    const { code, out, err } = await check(changed(kind, change));
    expect([code, out.includes('OK')]).toEqual([1, false]);
    expect(err).toContain(words);
  });

  it.each<[string, () => string[], string]>([
    ['without the end of its last chain', () => lines.slice(0, -1), '没有链尾'],
    ['whose last chain was cut', () => [...lines.slice(0, -2), lines.at(-1) ?? ''], '链尾对不上'],
    ['with a chain twice', () => [...lines, ...lines.slice(1)], '出现了两次'],
    ['that is empty', () => [], '这不是导出的台账'],
    ['that is something else', () => ['{"a":1}'], '这不是导出的台账'],
    ['that was torn', () => [...lines.slice(0, 3), (lines[3] ?? '').slice(0, 40)], '不是 JSON'],
  ])('%s is not taken', async (_what, given, words) => {
    const { code, err } = await check(given());
    expect(code).toBe(1);
    expect(err).toContain(words);
  });

  it('is not taken under another key', async () => {
    const { code, err } = await check(lines, 'A'.repeat(43));
    expect(code).toBe(1);
    expect(err).toContain('公钥');
  });

  it('is checked by the key of any year after that was changed', async () => {
    await scene.asProgram(rotateLedgerKey);
    await scene.bindGroup('oc_new', '伊敏河镇');
    await scene.says(ADMIN, '/帮助');
    await take();
    for (const key of await keys()) expect(await check(lines, key)).toMatchObject({ code: 0, err: '' });
    const [old = ''] = await keys();
    expect(
      (
        await check(
          changed('rotateKey', (entry) => ({ ...entry, at: 1 })),
          old,
        )
      ).code,
    ).toBe(1);
  });

  it('whose second key nobody vouched for is not taken by who has the first', async () => {
    const [old = ''] = await keys();
    const header = JSON.parse(lines[0] ?? '') as { keys: string[] };
    await scene.asProgram(rotateLedgerKey);
    const [, second = ''] = await keys();
    const forged = [JSON.stringify({ ...header, keys: [old, second] }), ...lines.slice(1)];
    const { code, err } = await check(forged, old);
    expect(code).toBe(1);
    expect(err).toContain('更换签名密钥没有旧密钥的签名');
  });
});
