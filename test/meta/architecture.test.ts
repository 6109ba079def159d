/** docs/ARCHITECTURE.md draws the house as it stands, and docs/GLOSSARY.md has its words. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stepWords } from '../../cards/words.ts';
import { caseStates, caseSteps } from '../../src/domain/case.ts';
import { jobs } from '../../src/jobs/index.ts';
import { read } from './documents.ts';
import { imports, root } from './imports.ts';

const page = read('docs/ARCHITECTURE.md');

/** The rows of the table under that head, the code spans of the first cell each. */
function rowsUnder(head: string): string[][] {
  const [, rest = ''] = page.split(`\n| ${head} |`);
  const lines = (rest.split('\n\n')[0] ?? '').split('\n').slice(2);
  return lines.map((line) => [...(line.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
}

const floors = rowsUnder('where | what is there');

const children = (folder: string) =>
  readdirSync(join(root, folder), { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() || entry.name.endsWith('.ts'),
  );

describe('docs/ARCHITECTURE.md', () => {
  it('has a room for each folder and file of src, and none besides', () => {
    const rooms = floors.flat().filter((room) => room.startsWith('src/'));
    expect(rooms.toSorted()).toEqual(
      children('src')
        .map(({ name }) => `src/${name}`)
        .toSorted(),
    );
  });

  it('draws the rooms on floors from which nothing reaches up', () => {
    const floorOf = (file: string) =>
      floors.findIndex((rooms) => rooms.some((room) => file === room || file.startsWith(`${room}/`)));
    const upwards = imports
      .map(({ from, to }) => ({ from, to, floors: [floorOf(from), floorOf(to)] as const }))
      .filter(({ floors: [from, to] }) => from !== -1 && to !== -1 && to < from);
    expect(imports.some(({ from }) => floorOf(from) === 0)).toBe(true);
    expect(upwards.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it('names each folder at the top of the repository that has sources', () => {
    for (const folder of ['src', 'cards', 'db', 'sandbox', 'bench', 'test', 'build', 'tools']) {
      expect(page).toMatch(new RegExp(`\`${folder}[\`/]`));
    }
  });

  it('names each noun of the services', () => {
    const nouns = children('src/services').flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
    expect(rowsUnder('nouns | what they are about').flat().toSorted()).toEqual(nouns.toSorted());
  });

  it('names each job', () => {
    const named = rowsUnder('job | when | what').flat();
    expect(named.toSorted()).toEqual([...jobs.map(({ name }) => name), 'backup'].toSorted());
  });
});

describe('docs/GLOSSARY.md', () => {
  const rows = read('docs/GLOSSARY.md')
    .split('\n')
    .filter((line) => line.startsWith('| '));

  /** Words of the contract, with what each is called. */
  const contract: Readonly<Record<string, string>> = {
    代办件: '`cases`',
    编号: '`caseNumber`',
    申请人: '`applicant`',
    群众: '`applicant`',
    代办员: '`AgentRow`',
    专职: '`employment: fullTime',
    管理员: '`manager`',
    系统管理员: '`admin`',
    单位: '`UnitRow`',
    旗直部门: '`department`',
    便民服务中心: '`center`',
    单位的群: '`chatId`',
    办理事项: '`serviceItems`',
    实施编码: '`code`',
    本级: '`assistType: local',
    台账: '`ledgerEntries`',
    一次性告知: '`returnNote`',
    限时办结: '`dueAt`',
    好差评: '`rating`',
    月报: '`monthlyReports`',
    通报: '`bulletins`',
    七有: '`readiness`',
    任务: '`tasks`',
    名册: '`roster`',
    政务信息: '`informationPieces`',
  };

  it.each(Object.entries(contract))('has %s, which is %s', (word, code) => {
    expect(rows.some((row) => (row.split('|')[1] ?? '').includes(word) && row.includes(code))).toBe(true);
  });

  it.each(caseSteps)('has the step %s with its word', (step) => {
    const word = stepWords[step];
    expect(rows.filter((row) => row.includes(`\`${step}\``) && row.startsWith(`| ${word} `))).toHaveLength(1);
  });

  it('has every state', () => {
    expect(caseStates.filter((state) => !rows.some((row) => row.includes(`\`${state}\``)))).toEqual([]);
  });
});
