/** What readers are told of commands, programs, pictures, alarms and figures is what there is. */
import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { agentGuide, GUIDE_TITLE } from '../../cards/agent-guide.ts';
import { guidePictures } from '../../sandbox/agent-sheet.ts';
import { cliCommands } from '../../src/cli/index.ts';
import { commands } from '../../src/commands/index.ts';
import { settingNames } from '../../src/domain/setting.ts';
import { jobs } from '../../src/jobs/index.ts';
import { settings } from '../../src/services/settings.ts';
import { documents, read } from './documents.ts';
import { files, root } from './imports.ts';
import { pictures, row, withParts } from './written.ts';

/** The words of each setting take its own value alone. */
type AnySetting = Record<'label' | 'rule', string> & { readonly fallback: unknown; words(value: unknown): string };

const ADMIN = 'docs/ADMIN.md';
const OPERATION = 'docs/OPERATION.md';
const guides = [
  ...['README.md', 'README.en.md', 'CONTRIBUTING.md', 'docs/AGENT.md', ADMIN, OPERATION, 'docs/LIVE-CHECK.md'],
  ...['docs/DATABASES.md', 'docs/FIGURES.md', 'docs/PERFORMANCE.md', 'docs/CRASH-TESTS.md'],
];
const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, one = '']) => one);

it('docs/AGENT.md says what /帮助 says', async () => {
  const shown = guidePictures.map(
    ({ image, caption }) => `<img src="images/${image}.png" width="220" alt="${caption}">`,
  );
  const parts = agentGuide.flatMap(({ title, lines }) => [
    `## ${title}\n`,
    ...lines.map((line) => `- ${line.replaceAll('*', '\\*')}`),
    '',
  ]);
  const text = [
    `# ${GUIDE_TITLE}\n`,
    '群众自愿，全程免费。下面的“我”是代办机器人；机器人里发 `/帮助 一页纸`，看到的是同样的话。',
    '贴在墙上的：[`AGENT.docx`](AGENT.docx)，一张 A4。\n',
    row(guidePictures.map(({ caption }) => caption)),
    row(guidePictures.map(() => ':-:')),
    row(shown),
    '',
    ...parts,
    '<!-- cards/agent-guide.ts: npx vitest run test/meta/guides.test.ts -u, npm run agent-sheet -->\n',
  ];
  await expect(text.join('\n')).toMatchFileSnapshot('../../docs/AGENT.md');
});

it.each(guides)('%s names only npm scripts, operator’s commands and typed commands that exist', (path) => {
  const text = read(path);
  const scripts = Object.keys(JSON.parse(read('package.json')).scripts);
  const words = commands.flatMap(({ name, aliases }) => [name, ...aliases]);
  const said = {
    scripts: found(text, /npm run (?:-s )?([\w:-]*\w)/g).filter((name) => !scripts.includes(name)),
    programs: found(text, /(?:npm run daiban --|daiban\.js|npx daiban) ([\w-]+)/g).filter(
      (name) => !cliCommands.some((command) => command.name === name),
    ),
    typed: found(text, /`\/([\p{Script=Han}\d]+)/gu).filter((name) => !words.includes(name)),
  };
  expect(said).toEqual({ scripts: [], programs: [], typed: [] });
});

/** Put together where they are said, with a name or a day in them; and words of the platform's console. */
const composed = [
  ...['空表：单位', '单位已导入', '代办人员已导入', '事项清单已导入', '常用叫法已导入', '是不是……'],
  ...['×××，您好', '李强（代阿达）', '自×月×日起', '××便民服务中心（站）'],
  '企业自建应用',
];

it.each(['README.md', ADMIN, OPERATION, 'docs/LIVE-CHECK.md', 'docs/FIGURES.md'])(
  '%s quotes only buttons, titles and answers that the program has, and headings',
  (path) => {
    const said = [...files.filter((file) => /^(?:src|cards|sandbox)\//.test(file)).map(read), read('.env.example')];
    const known = [...said, ...documents.map((document) => found(read(document), /^#+ (.+)$/gm).join('\n'))].join('\n');
    const quoted = found(read(path), /“([^”]+)”/g).filter((words) => !composed.includes(words));
    expect(quoted.length).toBeGreaterThan(3);
    expect(quoted.filter((words) => !known.includes(words))).toEqual([]);
  },
);

it('each picture that is shown exists, and each that exists is shown', () => {
  const shown = [...new Set(documents.flatMap(pictures))].map((path) => relative(root, path));
  expect(shown.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  const there = readdirSync(join(root, 'docs/images')).map((name) => `docs/images/${name}`);
  expect(there.filter((path) => !shown.includes(path))).toEqual([]);
});

it('the administrator’s guide lists the settings as the code has them', async () => {
  const lines = settingNames.map((name) => {
    const { label, fallback, words, rule }: AnySetting = settings[name];
    return row([label, words(fallback), rule]);
  });
  const table = [row(['设置', '没有改过时', '怎么填']), row(['---', '---', '---']), ...lines];
  await expect(withParts(ADMIN, { settings: table })).toMatchFileSnapshot(`../../${ADMIN}`);
});

describe('the operator’s guide', () => {
  it('lists the operator’s commands as the code has them, and the variables as .env.example tells them', async () => {
    const programs = [row(['命令', '做什么']), row(['---', '---'])];
    for (const { usage, does } of cliCommands) programs.push(row([`\`${usage.replaceAll('|', '\\|')}\``, does]));
    const variables = [row(['变量', '是什么']), row(['---', '---'])];
    for (const [, meaning = '', name = ''] of read('.env.example').matchAll(/^# (.+)\n([A-Z_]+)=/gm)) {
      variables.push(row([`\`${name}\``, meaning]));
    }
    await expect(withParts(OPERATION, { programs, variables })).toMatchFileSnapshot(`../../${OPERATION}`);
  });

  it('names each job', () => {
    const text = read(OPERATION);
    expect(jobs.map(({ name }) => name).filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });

  const raising = files
    .filter((file) => /^src\/(?!cli\/)/.test(file))
    .map(read)
    .filter((text) => /\bTrouble\b|\bnotifyAdmins\(|\btellUpkeep\(/.test(text));
  /** A title stands behind its name, or first in the lists that are taken apart into `[title, …]`. */
  const alarms = raising.flatMap((text) => [
    ...found(text, /title[:=]? ?=? ['`]([^'`]+)['`]/g),
    ...found(text, /\[title, [^\]]*\] =([^;]+);/g).flatMap((lists) => found(lists, /\[\s*'([^']+)'/g)),
  ]);

  it('says of each alarm what to do', () => {
    expect(alarms.length).toBeGreaterThan(20);
    expect(alarms).toContain('收不到飞书的消息');
    // Of a title with a name in it, the words around the name. One of them calls the holder of new cases, and no administrator.
    const said = read(OPERATION);
    const isTold = (title: string) => title.split(/\$\{[^}]*\}/).every((words) => said.includes(words));
    expect(alarms.filter((title) => !title.endsWith('请接收') && !isTold(title))).toEqual([]);
  });

  it('tells of no alarm that there is not', () => {
    const told = ['急的，各发一张卡片', '不急的，在值班单上'].flatMap((heading) => {
      const [, section = ''] = read(OPERATION).split(`\n### ${heading}\n`);
      const rows = (section.split('\n#')[0] ?? '').split('\n').filter((line) => line.startsWith('| '));
      return rows.slice(2).flatMap((line) => (line.split('|')[1] ?? '').trim().split('、'));
    });
    expect(told.length).toBeGreaterThan(25);
    const raised = alarms.map((title) => title.replace(/\$\{[^}]*\}/g, '……'));
    expect(told.filter((title) => !raised.includes(title))).toEqual([]);
  });

  it('says what each figure of /metrics means', () => {
    const names = found(read('src/metrics.ts'), /(?:counter|gauge)\('(\w+)'/g);
    expect(names.length).toBeGreaterThan(8);
    const text = read(OPERATION);
    expect(names.filter((name) => !new RegExp(`\`${name}[\`{]`).test(text))).toEqual([]);
  });
});
