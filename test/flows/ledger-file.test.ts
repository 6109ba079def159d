import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSheets } from '../support/sheets.ts';
import { raiseCurtain, type TestStage } from '../support/stage.ts';
import { registers } from './support.ts';

let stage: TestStage;
beforeEach(async () => {
  stage = await raiseCurtain();
});
afterEach(() => stage.close());

function filesSent() {
  return [...stage.sandbox.world.messages.values()].filter((message) => message.msgType === 'file');
}

function contentOf(message: { content: string }) {
  const { file_key: key } = JSON.parse(message.content) as { file_key: string };
  const file = stage.sandbox.world.files.get(key);
  if (!file) throw new Error(`no file ${key}`);
  return file;
}

describe("a ledger asked for in the town's group", () => {
  it('arrives there as a file, though the platform falters and cuts the line', async () => {
    const number = await registers(stage, { item: '低保' });
    await stage.people.townManager.says(stage.groups.town, '/台账 本月');
    // The card's reply, then the upload, then the file's message, each lost once on its way or on the way back.
    stage.sandbox.faults.serverErrors(2);
    stage.sandbox.faults.dropConnections(2, { afterStoring: true });
    await stage.settle();
    const files = filesSent();
    expect(files.map(({ chatId }) => chatId)).toEqual([stage.groups.town.chatId]);
    const [message] = files;
    const file = message && contentOf(message);
    expect(file).toMatchObject({ name: '台账_巴彦托海镇_2026年11月.xlsx', type: 'xls' });
    const [cases] = await readSheets(file?.bytes ?? Buffer.alloc(0));
    expect(cases?.rows.map((row) => row[0])).toEqual([number]);
  });
});
