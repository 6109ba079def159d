import { expect, it } from 'vitest';
import { audienceWords } from '../../cards/words.ts';
import { commands } from '../../src/commands/index.ts';
import type { Audience } from '../../src/domain/agent.ts';
import { read } from './documents.ts';
import { pictures, row, withParts } from './written.ts';

const LINES_MAX = 150;
const both = ['README.md', 'README.en.md'] as const;

/** What each command does, for those who read no Chinese, in the order of the table. */
const inEnglish: Readonly<Record<string, string>> = {
  登记: 'registers a case, prefilled by a line; several people by several lines',
  待办: "what waits for one's unit, and whom one's own cases wait for",
  查: 'how far a case is, by number, name or the end of a phone number',
  责任人: 'who was responsible for a case on a day',
  事项: 'the catalogue: department, code, levels, days, materials',
  清单: 'the four published lists of a center or station',
  我: 'my unit, role, duties and figures of the month',
  代班: 'has a colleague stand in while one is on leave',
  帮助: 'what one may use; 一页纸 opens the one page for agents',
  统计: 'figures and charts',
  排名: 'places of towns, agents and clerks',
  通报: 'the quarterly bulletin with points, places and a Word file',
  台账: 'the ledger as an Excel file, each step included',
  月报: 'the monthly report: draft, texts, submission; who has reported',
  名册: 'the roster of agents (Annex 5); villages without a full-time agent',
  信息: 'information work: pieces sent in, uses, places',
  七有: 'the seven things a center or station must have',
  任务: "the plan's tasks: who, how far, overdue; Excel",
  考核: "a year's indicators and workloads, Excel",
  停用: 'a colleague has left; who takes over the cases',
  调动: 'a colleague changes to another unit',
  角色: 'makes a colleague an agent or a manager',
  解绑: "a unit's cases no longer go to its group",
  绑定: 'says whose group this is',
  设置: 'times, deadlines and other settings; what is still missing',
  导入: 'units, staff, catalogue and everyday names from Excel files',
  删除申请人: "forgets a resident's personal data at their wish",
  初始化: 'makes the first person administrator, with the code printed at the start',
};

const audiences: Readonly<Record<Audience, string>> = {
  all: 'everybody',
  agent: 'agents',
  manager: 'managers',
  admin: 'administrator',
};

/** @throws where nobody has said it: an update writes no empty cell. */
function englishOf(name: string): string {
  const words = inEnglish[name];
  if (words === undefined) throw new Error(`say in inEnglish what /${name} does`);
  return words;
}

const tables = {
  'README.md': [
    row(['命令', '也可以打', '谁用', '做什么']),
    row(['---', '---', '---', '---']),
    ...commands.map(({ usage, aliases, audience, summary }) => {
      const who = audience === 'all' ? '大家' : audienceWords[audience];
      return row([`\`${usage}\``, aliases.join('、'), who, summary]);
    }),
  ],
  'README.en.md': [
    row(['command', 'or', 'for', 'does']),
    row(['---', '---', '---', '---']),
    ...commands.map(({ name, usage, aliases, audience }) =>
      row([`\`${usage}\``, aliases[0] ?? '', audiences[audience], englishOf(name)]),
    ),
  ],
};

it('every command is told in English, too', () => {
  expect(Object.keys(inEnglish)).toEqual(commands.map(({ name }) => name));
});

it.each(both)('%s lists the commands as the code has them', async (path) => {
  await expect(withParts(path, { commands: tables[path] })).toMatchFileSnapshot(`../../${path}`);
});

it.each(both)('%s is short', (path) => {
  expect(read(path).split('\n').length).toBeLessThanOrEqual(LINES_MAX);
});

it('both say the same in the same order: headings, pictures, programs and links', () => {
  const of = (path: string) => {
    const text = read(path);
    const found = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, one]) => one);
    return {
      headings: found(/^(#+) /gm),
      programs: found(/`{0,3}(?:sh\n)?(npm (?:run [\w:-]+(?: -- \w+)?|start|ci|cit|test)|npx daiban \w+)/g),
      links: found(/\]\(([^)]+)\)/g).filter((link) => !link?.startsWith('README')),
      pictures: pictures(path),
      variables: found(/`([A-Z]+_[A-Z_]+)/g),
    };
  };
  expect(of('README.en.md')).toEqual(of('README.md'));
});

it('each names the other at its top', () => {
  expect(read('README.md').slice(0, 200)).toContain('(README.en.md)');
  expect(read('README.en.md').slice(0, 200)).toContain('(README.md)');
});
