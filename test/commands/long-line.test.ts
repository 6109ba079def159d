import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wordsOf } from '../support/office.ts';
import { ADA, openScene, type Scene, STRANGER, TOWN_MANAGER, VILLAGE } from '../support/scene.ts';

/** A guard against hanging: processor time for all that one delivery does, ten times what it needs. */
const CPU_MAX_MS = 3_000;

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});

afterEach(() => scene.close());

async function answerTo(openId: string, line: string, chat?: string) {
  const before = process.cpuUsage();
  await scene.says(openId, line, chat);
  const { user, system } = process.cpuUsage(before);
  await scene.settle();
  return { words: wordsOf(scene.last(chat ?? openId).card), cpuMs: (user + system) / 1000 };
}

describe('a line that is too long', () => {
  it.each([
    ['a column of numbers', ADA, `/登记\n${'13800000000\n'.repeat(12_000)}`, undefined],
    ['groups of digits, in a group', ADA, `/登记 ${'1 '.repeat(70_000)}`, VILLAGE],
    ['dots of somebody unknown', STRANGER, `a${'.'.repeat(140_000)}x`, undefined],
    ['words of somebody unknown', STRANGER, `/事项 ${'低保 '.repeat(40_000)}`, undefined],
    ['words of a manager', TOWN_MANAGER, `/统计 ${'本月 '.repeat(40_000)}`, undefined],
    ['one character more than 500', ADA, `/登记 ${'字'.repeat(497)}`, undefined],
  ])('%s: is refused at once, and said so', async (_, openId, line, chat) => {
    await scene.says(ADA, '/帮助');
    const { words, cpuMs } = await answerTo(openId, line, chat);
    expect(words).toContain('这条消息太长了，最多读500个字。请写短一些再发');
    expect(cpuMs).toBeLessThan(CPU_MAX_MS);
  });

  it('counts characters as people do: 500 of two code units each are read', async () => {
    const { words } = await answerTo(ADA, `/登记 低保 ${'𠮷'.repeat(493)}`);
    expect(words).toContain('帮办代办登记');
  });
});
