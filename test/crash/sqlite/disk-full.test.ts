/** The disk of the database is full for a while: a small file system of its own, where the machine lets one be mounted. */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditGroups } from '../audit.ts';
import { fileDatabase } from '../engine.ts';
import { type House, openHouse, pause } from '../house.ts';
import { emptyJournal } from '../load.ts';

const DISK_BYTES = 6 * 1024 * 1024;

function mountSmallDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'daiban-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
}

const disk = mountSmallDisk();

describe.skipIf(disk === undefined)('a full disk', () => {
  let house: House;
  const folder = disk ?? '';
  const ballast = join(folder, 'ballast');

  beforeEach(async () => {
    house = await openHouse({ database: fileDatabase(folder) });
  });
  afterEach(async () => {
    await house.close();
    execFileSync('umount', [folder]);
    rmSync(folder, { recursive: true });
  });

  /** Page by page: the bot may take some of what is left between the look and the writing. */
  function fill(): void {
    const page = Buffer.alloc(statfsSync(folder).bsize);
    const file = openSync(ballast, 'w');
    try {
      for (;;) writeSync(file, page);
    } catch (error) {
      expect(error).toMatchObject({ code: 'ENOSPC' });
    } finally {
      closeSync(file);
    }
    expect(statfsSync(folder).bavail).toBe(0);
  }

  const ready = async () => {
    const response = await fetch(`${house.bot()?.url()}/readyz`);
    return (await response.json()) as { ready: boolean; problems: string[] };
  };

  it('refuses what it cannot keep, says so, keeps nothing by halves, and goes on when there is room', async () => {
    expect(await house.start().started).toBe(true);
    const { people, groups } = house;
    const journal = emptyJournal();
    const agent = people.villageAgent;
    journal.lines.push(await agent.says(groups.village, '/登记 低保 张三丰 13800000001'));
    await posts(() => house.sandbox.world.messagesOf(groups.village.chatId).length > 1);
    expect(await ready()).toMatchObject({ ready: true, problems: [] });

    fill();
    const submit = () => agent.clicks(groups.village, '提交登记', { 自愿委托确认: true });
    const unsaved = { type: 'warning', content: '现在不能保存，请稍后再点一次' };
    expect((await submit()).toast).toEqual(unsaved);
    // A line is not acknowledged either, so that the platform brings it again.
    journal.lines.push(await agent.says(groups.village, '/待办'));
    expect(await ready()).toMatchObject({ ready: false, problems: ['database cannot be written'] });
    expect((await fetch(`${house.bot()?.url()}/healthz`)).status).toBe(200);
    expect((await submit()).toast).toEqual(unsaved);

    rmSync(ballast);
    const { toast } = await submit();
    expect(toast).toMatchObject({ type: 'success', content: expect.stringContaining('编号 26-01-00001') });
    expect(await ready()).toMatchObject({ ready: true, problems: [] });
    journal.acknowledged.push({ number: '26-01-00001', kind: 'register' });
    await house.drain();
    await auditGroups(house, journal);
  });
});

async function posts(seen: () => boolean): Promise<void> {
  // Two minutes: on a busy machine a bot takes its time.
  for (let look = 0; look < 2_400 && !seen(); look++) await pause(50);
  expect(seen()).toBe(true);
}
