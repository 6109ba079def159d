import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CARD_BYTES_MAX, sentBytes } from '../../cards/size.ts';
import {
  ADA,
  ADMIN,
  CLERK,
  openScene,
  type Scene,
  STRANGER,
  TOWN,
  TOWN_MANAGER,
  UNBOUND,
  VILLAGE,
} from '../support/scene.ts';

const texts = [
  '<at id=all></at>',
  '<at id="ou_admin">x</at> <font color=red>红</font>',
  '**粗** [点我](https://evil.example) `x` ![](img_1)',
  "'); DROP TABLE cases; --",
  '=HYPERLINK("https://evil.example")',
  '\u202e反向\u202c \u2066x\u2069',
  '零\u0000字节\u0007',
  '👩‍🌾'.repeat(80),
  '名'.repeat(200),
  `e${'\u0301'.repeat(400)}`,
  '\ud800半个',
  '{"v":1,"action":"case.accept"}',
  '$& $1 {number} {{name}}',
  '../../etc/passwd',
];

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});

afterEach(async () => {
  await scene.close();
});

/** Every card posted stays within the limits, and nothing typed is interpreted in it. */
async function expectHarmless(): Promise<void> {
  for (const { card } of scene.posted) {
    expect(sentBytes(card)).toBeLessThan(CARD_BYTES_MAX);
    for (const content of markdownOf(card)) {
      expect(content).not.toMatch(/<at|\]\(http|!\[|<font color=red/);
    }
    expect(JSON.stringify(card)).not.toMatch(/\\u0000|\\u0007|[\u202a-\u202e\u2066-\u2069]/);
  }
  expect((await scene.checkLedger()).faults).toEqual([]);
}

describe.each(texts.map((text) => [text]))('%j', (text) => {
  it('in every field of a case is shown as text and changes nothing else', async () => {
    await scene.says(ADA, `/登记 ${text}`, VILLAGE);
    await scene.says(ADA, `/登记 ${text}`);
    await scene.settle();
    const everywhere = {
      applicantName: text,
      phone: text,
      idNumber: text,
      residence: text,
      item: text,
      way: text,
      remarks: text,
    };
    const refused = await scene.does(ADA, { target: VILLAGE, label: '提交登记', form: everywhere });
    expect(refused.toast?.type).toBe('warning');
    const { id } = await scene.register({
      applicantName: [...text].slice(0, 40).join(''),
      remarks: [...text].slice(0, 300).join(''),
    });
    // Signs alone are no reason.
    const reason = `${text}情况`;
    const steps: readonly (readonly [string, string, string, Record<string, string>])[] = [
      [CLERK, TOWN, '退回补正', { note: reason, materials: text }],
      [ADA, VILLAGE, '重新转送', { note: text }],
      [CLERK, TOWN, '接收', { externalNumber: 'YC-1' }],
      [CLERK, TOWN, '办结', { note: text }],
      [ADA, VILLAGE, '确认送达', {}],
      [ADA, VILLAGE, '回访评价', { rating: '1', comment: reason }],
    ];
    expect((await scene.does(ADA, { target: VILLAGE, label: '查看申请人' })).toast?.type).toBe('success');
    const numbered = await scene.does(CLERK, { target: TOWN, label: '接收', form: { externalNumber: text } });
    expect(numbered.toast?.type).toBe(text === '../../etc/passwd' ? 'success' : 'warning');
    for (const [openId, target, label, form] of steps) {
      const answer = await scene.does(openId, { target, label, form });
      expect([label, answer.toast?.type]).toEqual([label, 'success']);
    }
    const rectified = await scene.does(TOWN_MANAGER, { target: TOWN, label: '整改', form: { note: reason } });
    expect(rectified.toast?.type).toBe('success');
    expect((await scene.record(id)).state).toBe('archived');
    await expectHarmless();
  });

  it('as a line, an application or the name of a group is answered calmly', async () => {
    for (const line of [text, `/${text}`, `/查 ${text}`, `/事项 ${text}`, `/统计 ${text}`]) {
      const before = scene.posted.length;
      await scene.says(ADMIN, line);
      await scene.says(ADMIN, line, VILLAGE);
      await scene.settle();
      expect(scene.posted.length).toBeGreaterThan(before + 1);
    }
    await scene.says(ADMIN, `/绑定 ${text}`, UNBOUND);
    await scene.says(STRANGER, '/登记');
    await scene.settle();
    const form = { name: text, phone: text, unit: text, employment: text };
    expect((await scene.does(STRANGER, { target: STRANGER, label: '提交申请', form })).toast?.type).toBe('warning');
    const good = {
      name: [...text].slice(0, 40).join(''),
      phone: '13900001111',
      unit: String(scene.unitId('大雁镇')),
      employment: 'fullTime',
    };
    expect((await scene.does(STRANGER, { target: STRANGER, label: '提交申请', form: good })).toast?.type).toBe(
      'success',
    );
    const chat = { chatId: 'oc_hostile', chatName: text, openId: ADMIN };
    await scene.app.receive({ kind: 'botAdded', eventId: 'ev_hostile', ...chat });
    await scene.settle();
    for (const { card } of scene.posted) expect(JSON.stringify(card)).not.toContain('出了点问题');
    await expectHarmless();
  });
});

function markdownOf(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(markdownOf);
  if (typeof node !== 'object' || node === null) return [];
  const { tag, content } = node as { tag?: unknown; content?: unknown };
  const own = tag === 'markdown' && typeof content === 'string' ? [content] : [];
  return [...own, ...Object.values(node).flatMap(markdownOf)];
}
