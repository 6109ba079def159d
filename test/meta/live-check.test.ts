import { expect, it } from 'vitest';
import { liveSteps } from '../../src/cli/live-steps.ts';

/** By its number in the table. */
const stepOf = (id: string) => liveSteps.findIndex((step) => step.id === id) + 1;

const intro = `# 真机核对

给第一次把机器人接上飞书的人：一个租户、一部手机、一台电脑、两个人、一个测试的群，约 15 分钟。程序在本地沙箱里逐项测过；下面是只有真平台才说得准的事，
由 \`src/cli/live-steps.ts\` 写出（\`npx vitest run test/meta/live-check.test.ts -u\`）。

按 [\`README.md\`](../README.md) 装好，接上（\`npm run daiban -- connect\`），开着程序。把机器人拉进测试的群，在它发来的卡片上选“大雁镇”，点“绑定”
（第${stepOf('group-words')}步看的就是这个）。在另一个终端里运行：

\`\`\`sh
npm run daiban -- doctor --self-test
npm run daiban -- live-check --group 大雁镇
\`\`\`

\`live-check\` 把标着“发”的卡片一张张发到第一位系统管理员和机器人的私聊（\`--to ou_…\` 换人），每张问一句看到的对不对，写成 \`live-check.md\`。
卡片上的人是编的，按钮只记下“点到了”，什么也不会办。报告里没有姓名、电话、密钥，可以附给开发的人。中断了再运行一次，接着没答的做。
不给 \`--group\`，第${stepOf('group')}步先空着，以后带上它再运行一次就补上。
没有终端的，照下表用手核对，日志开到 \`LOG_LEVEL=debug\`，不一样时把同一个 \`request\` 的几行留下来。自己打的姓名、电话都要是编的。

| # | 做什么 | 应当看到 | 为什么说不准 | 不一样 |
| --- | --- | --- | --- | --- |
`;

const outro = `
日期选择器、溢出菜单、选人、加急、链接：程序不用，不核对。

做完：撤回测试的件，测试的群 \`/解绑\`，在真正的群里 \`/绑定\`；把 \`live-check.md\` 附给开发的人。
`;

const cell = (text: string) => text.replaceAll('|', '\\|');

it('docs/LIVE-CHECK.md says what live-check plays', async () => {
  const rows = liveSteps.map((step, index) => {
    const sent = step.card || step.file ? '**发** ' : '';
    const cells = [String(index + 1), `${sent}${step.does}`, step.look, step.why, step.otherwise];
    return `| ${cells.map(cell).join(' | ')} |`;
  });
  await expect(`${intro}${rows.join('\n')}\n${outro}`).toMatchFileSnapshot('../../docs/LIVE-CHECK.md');
});

it('no two steps have one name, and each says something under every heading', () => {
  expect(new Set(liveSteps.map(({ id }) => id)).size).toBe(liveSteps.length);
  // A question is told from the others by what it asks.
  expect(new Set(liveSteps.map(({ look }) => look)).size).toBe(liveSteps.length);
  for (const { does, look, why, otherwise } of liveSteps) {
    for (const text of [does, look, why, otherwise]) expect(text).toMatch(/[^。]$/);
  }
});
