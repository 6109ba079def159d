/** Whatever somebody pastes, no parser of typed text takes longer than its length explains: the event loop is everybody's. */
import { describe, expect, it } from 'vitest';
import { cut, escapeMarkdown } from '../../cards/kit.ts';
import { commands } from '../../src/commands/index.ts';
import { parseCaseNumber } from '../../src/domain/case-number.ts';
import { namesAnItem, searchItems } from '../../src/domain/catalogue.ts';
import { parseCommandLine } from '../../src/domain/command-line.ts';
import { hidePersonal } from '../../src/domain/hiding.ts';
import { maskName, nameKey, parseName } from '../../src/domain/name.ts';
import { parsePeriod } from '../../src/domain/period.ts';
import { documentKey, maskIdNumber, maskPhone, parseIdNumber, parsePhone, phoneKey } from '../../src/domain/person.ts';
import { prefill } from '../../src/domain/prefill.ts';
import { prepareCatalogue } from '../../src/domain/prepare-catalogue.ts';
import { quote } from '../../src/domain/quote.ts';
import { suggest } from '../../src/domain/suggestion.ts';
import { isLongerThan } from '../../src/domain/typed.ts';
import { readList } from '../../src/domain/typed-list.ts';
import { readText } from '../../src/lark/message-text.ts';
import { catalogueRows } from './catalogue-rows.ts';

const LENGTH = 100_000;
/** A guard against hanging, not a bar: what reads each character once takes a tenth of it, its square minutes. Of processor time. */
const CPU_MAX_MS = 1_500;
const NOW = Date.parse('2026-11-23T10:00:00+08:00');
const ZONE = 'Asia/Shanghai';
const catalogue = prepareCatalogue(catalogueRows);
const residences = Array.from({ length: 100 }, (_, at) => ({ id: at + 1, name: `第${at}嘎查` }));
const names = commands.map(({ name }) => name);
const applicant = {
  contact: null,
  name: '阿依古丽·买买提',
  phone: '13812341234',
  idNumber: '990101199001010019',
  address: '友谊西路七十七号院3排',
};

const parsers: Readonly<Record<string, (text: string) => unknown>> = {
  parseCommandLine: (text) => parseCommandLine(text, commands),
  prefill: (text) => prefill(text, catalogue, residences),
  readList: (text) => readList(text, (line) => prefill(line, catalogue, residences)),
  parsePeriod: (text) => parsePeriod(text, NOW, ZONE),
  parseCaseNumber,
  parseName,
  parsePhone,
  parseIdNumber: (text) => parseIdNumber(text, '2026-11-23'),
  searchItems: (text) => searchItems(catalogue, text),
  namesAnItem: (text) => namesAnItem(catalogue, text),
  suggest: (text) => suggest(text, names),
  hidePersonal: (text) => hidePersonal(text, applicant),
  quote: (text) => quote(text, 'p2p'),
  nameKey,
  phoneKey,
  documentKey,
  maskName,
  maskPhone,
  maskIdNumber,
  isLongerThan: (text) => isLongerThan(text, 500),
  escapeMarkdown,
  cut: (text) => cut(text, 500),
};

/** What is repeated, and what may stand before and after it. */
const repeated: readonly string[] = [
  '1 ',
  '138 ',
  '13800000000\n',
  '13800000000 ',
  '1-',
  '123a',
  '990101199001010019 ',
  '1',
  '0',
  '１',
  '.',
  '。',
  '，',
  '、',
  '!',
  ':',
  '-',
  '—',
  '至',
  '..1',
  '-1',
  '·',
  '•',
  ' ',
  '\t',
  '\n',
  '　',
  '\u200b',
  '\u202e',
  '\u0301',
  '\u0301\u0323',
  '\ufdfa',
  '\ufb4e',
  '\ud800',
  '👨‍👩‍👧‍👦',
  '🇨🇳',
  '(',
  '（）',
  '[',
  '[x](',
  '<',
  '<at id=all></at>',
  '*',
  '`',
  '/',
  '@',
  'x',
  'X',
  'a.',
  'ab ',
  'Ganbold ',
  '张',
  '张三 ',
  '张三丰 ',
  '阿依古丽·',
  '阿依古丽·买买提',
  '低保',
  '低保 ',
  '申请 ',
  'dibao ',
  '登记',
  '按镇 ',
  '本月 ',
  '2026-11..',
  '26-01-',
  '26-01-00001 ',
  '第1嘎查',
  '第1嘎查 ',
  '电话 ',
  '姓名：',
  '编号:',
];
const around: readonly (readonly [before: string, after: string])[] = [
  ['', ''],
  ['a', 'x'],
  ['/登记 低保 张', '1'],
];
const lines = repeated.flatMap((piece) => {
  const middle = piece.repeat(Math.ceil(LENGTH / piece.length));
  return around.map(([before, after]) => ({
    title: JSON.stringify([before, piece, after]),
    text: before + middle + after,
  }));
});

/** Milliseconds of this process's processor time. */
function cpuOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

describe.each(Object.entries(parsers))('%s', (_, parse) => {
  it(`reads ${LENGTH / 1000} kB of anything without hanging`, () => {
    const slow: string[] = [];
    for (const { title, text } of lines) {
      const took = cpuOf(() => parse(text));
      if (took > CPU_MAX_MS) slow.push(`${title}: ${Math.round(took)} ms`);
      // One is enough to fail, and a cubic one would take hours.
      if (slow.length > 3) break;
    }
    expect(slow).toEqual([]);
  });
});

it.each([
  ['keys of mentions', 'text', { text: '@_user_1 '.repeat(LENGTH / 9) }],
  ['blanks in front of a word', 'text', { text: `${' '.repeat(LENGTH)}x` }],
  ['pieces that mention different people', 'post', { title: '', content: [mentionsOf(LENGTH / 10)] }],
  ['lines', 'post', { title: '', content: Array.from({ length: LENGTH / 30 }, () => [{ tag: 'text', text: '1' }]) }],
])('a message of nothing but %s is read just as fast', (_, message_type, content) => {
  const ids = { message_id: 'om_1', chat_id: 'oc_1', chat_type: 'p2p' };
  const mentions = Array.from({ length: 100 }, (_mention, n) => ({
    key: `@_user_${n}`,
    name: '人',
    id: { open_id: `ou_${n}` },
  }));
  const message = { ...ids, message_type, content: JSON.stringify(content), mentions };
  expect(cpuOf(() => readText(message, 'ou_bot'))).toBeLessThan(CPU_MAX_MS);
});

function mentionsOf(count: number) {
  return Array.from({ length: count }, (_, n) => ({ tag: 'at', user_id: `ou_x${n}` }));
}

it('an applicant whose name is only signs is looked for in a text of the same signs just as fast', () => {
  for (const sign of ['.', '·', '-', ' a', '()']) {
    const odd = { ...applicant, name: sign.repeat(20) };
    expect(cpuOf(() => hidePersonal(`${sign.repeat(19)}${'x'.repeat(99)}`, odd))).toBeLessThan(CPU_MAX_MS);
  }
});
