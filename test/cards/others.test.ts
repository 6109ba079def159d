import { describe, expect, test } from 'vitest';
import { decodeAction, encodeAction, nameOfAction } from '../../cards/action-values.ts';
import { applicationCard, joinCard } from '../../cards/agent.ts';
import { bulletinCard } from '../../cards/bulletin.ts';
import { days, now, sampleItem, zone } from '../../cards/gallery/samples.ts';
import { greetingCard, guideCard, helpCard, unknownCard } from '../../cards/help.ts';
import { importProblemCard } from '../../cards/import.ts';
import { itemCard, itemListCard } from '../../cards/item.ts';
import { escapeMarkdown } from '../../cards/kit.ts';
import { noticeCard } from '../../cards/notice.ts';
import { overdueCard, reportCard } from '../../cards/report.ts';
import { rosterCard } from '../../cards/roster.ts';
import { type StatsView, statsCard } from '../../cards/stats.ts';
import { bindCard } from '../../cards/unit.ts';
import { importKindWords } from '../../cards/words.ts';
import { commands } from '../../src/commands/index.ts';
import { noFigures } from '../../src/domain/figures.ts';
import { importKinds } from '../../src/domain/import/layout.ts';
import { quote } from '../../src/domain/quote.ts';
import { defaultScoring, scoreTowns, type TownMeasures } from '../../src/domain/score.ts';
import {
  buttonCalled,
  buttonLabels,
  field,
  fieldNames,
  headerOf,
  markdowns,
  tagged,
  valueSent,
  wholeText,
} from './reading.ts';

describe('application', () => {
  const application = {
    agentId: 5,
    name: '李娜',
    phone: null,
    unit: '瑟宾社区',
    employment: 'partTime',
    appliedAt: now,
    zone,
    mayGrant: ['agent'],
    status: 'pending',
    decidedBy: null,
    refusal: null,
    listed: null,
  } as const;

  test('without a choice of roles: two buttons, and a field for why not', () => {
    const card = applicationCard(application);
    expect(buttonLabels(card)).toEqual(['通过', '不通过']);
    expect(fieldNames(card)).toEqual(['reason']);
    expect(valueSent(buttonCalled(card, '通过'))).toEqual({ v: 1, action: 'agent.approve', agentId: 5 });
  });

  test('with a choice: the lowest role is the default', () => {
    const card = applicationCard({ ...application, mayGrant: ['agent', 'manager'] });
    expect(field(card, 'role').initial_option).toBe('agent');
    expect(buttonLabels(card)).toEqual(['通过', '不通过']);
  });

  test('once decided: who did, and nothing to press', () => {
    const card = applicationCard({ ...application, status: 'rejected', decidedBy: '王海' });
    expect(buttonLabels(card)).toEqual([]);
    expect(wholeText(card)).toContain('王海');
    expect(headerOf(card).mark).toBe('未通过');
  });

  test('the form to apply', () => {
    const card = joinCard({
      units: [{ value: '1', text: '安门社区' }],
      values: { unit: '1' },
      errors: { phone: '少1位' },
    });
    expect(fieldNames(card)).toEqual(['name', 'phone', 'unit', 'employment']);
    expect(field(card, 'unit').initial_option).toBe('1');
    expect(wholeText(card)).toContain('联系电话：少1位');
    expect(buttonCalled(card, '提交申请').form_action_type).toBe('submit');
  });
});

test('binding a group', () => {
  const card = bindCard({ chatName: '群', units: [{ value: '1', text: '大雁镇' }], hint: null });
  expect(fieldNames(card)).toEqual(['unit']);
  expect(valueSent(buttonCalled(card, '绑定'))).toEqual({ v: 1, action: 'unit.bind' });
});

describe('help', () => {
  const command = (usage: string) => {
    const audience = usage.startsWith('/统计') ? ('manager' as const) : ('agent' as const);
    return { name: usage.split(' ')[0] ?? '', usage, summary: '说明', example: null, audience };
  };
  const view = {
    name: '王芳',
    role: 'agent' as const,
    commands: ['/待办', '/登记 [一句话]', '/查 编号', '/绑定 单位', '/统计 [时间] [单位·部门]'].map(command),
    contact: '请找旗政务服务局',
  };

  test('a button only for what can be sent without further words', () => {
    expect(buttonLabels(helpCard(view))).toEqual(['代办员一页纸', '待办', '登记', '统计']);
    expect(valueSent(buttonCalled(helpCard(view), '登记'))).toEqual({ v: 1, action: 'command.run', line: '/登记' });
    expect(wholeText(helpCard(view))).toContain('请找旗政务服务局');
  });

  test('every command is there in full, and nothing of it is cut', () => {
    const all = commands.filter(({ hidden }) => !hidden);
    const card = helpCard({ ...view, role: 'admin', commands: all });
    for (const { usage, summary, example, audience } of all) {
      const said = [usage, summary, ...(example !== null && audience === 'agent' ? [example] : [])];
      for (const words of said) expect(markdowns(card).join()).toContain(escapeMarkdown(words));
    }
  });

  test('to whom is not staff it offers to apply', () => {
    const stranger = { ...view, name: null, role: null };
    for (const card of [helpCard(stranger), greetingCard(stranger)]) {
      expect(valueSent(buttonCalled(card, '申请成为代办员'))).toMatchObject({ line: '加入' });
    }
  });

  test('staff open the one page from it, a stranger does not', () => {
    expect(valueSent(buttonCalled(helpCard(view), '代办员一页纸'))).toMatchObject({ line: '/帮助 一页纸' });
    expect(buttonLabels(helpCard({ ...view, name: null, role: null }))).not.toContain('代办员一页纸');
    const page = wholeText(guideCard(view));
    for (const word of [
      '登记 低保 张三',
      '重新转送',
      '催办',
      '确认送达',
      '更正',
      '撤回',
      '身份证号',
      '确认报送',
      '纸质登记',
    ]) {
      expect(page).toContain(word);
    }
    expect(page).toContain('请找旗政务服务局');
  });

  test('the greeting is short', () => {
    const many = [...view.commands, ...['/我', '/帮助', '/事项'].map(command)];
    expect(buttonLabels(greetingCard({ ...view, commands: many }))).toHaveLength(4);
  });

  test('asks whether something similar was meant', () => {
    const card = unknownCard({ typed: quote('统记', 'p2p'), suggestion: '/统计', words: '' });
    expect(wholeText(card)).toContain('您是不是想说 /统计？');
    expect(valueSent(buttonCalled(card, '/统计'))).toMatchObject({ line: '/统计' });
    expect(buttonLabels(unknownCard({ typed: quote('统记', 'p2p'), suggestion: null, words: '' }))).toEqual([
      '看看能做什么',
    ]);
  });
});

describe('catalogue', () => {
  test('one item: a button that registers it', () => {
    const value = valueSent(buttonCalled(itemCard(sampleItem), '登记此事项'));
    expect(value).toMatchObject({ line: `登记 ${sampleItem.name}` });
  });

  test('a name too long for a command line still makes a button that can be read back', () => {
    const value = valueSent(buttonCalled(itemCard({ ...sampleItem, name: '很长'.repeat(60) }), '登记此事项'));
    expect(decodeAction({ value })).toMatchObject({ action: 'command.run' });
  });

  test('says so when there are no materials and when nothing was found', () => {
    expect(wholeText(itemCard({ ...sampleItem, materials: [] }))).toContain('材料清单还没有录入');
    expect(wholeText(itemListCard({ query: quote('护照', 'p2p'), total: 0, rows: [] }))).toContain('没有找到“护照”');
  });

  test('ten hits at most', () => {
    const rows = Array.from({ length: 12 }, () => sampleItem);
    expect(buttonLabels(itemListCard({ query: quote('补贴', 'p2p'), total: 12, rows }))).toHaveLength(10);
  });
});

test('a button without its value is known by its name', () => {
  const named = 'case.return_7_2';
  const step = { v: 1, action: 'case.return', caseId: 7, version: 2 };
  for (const value of [undefined, null, '', {}, { field: 'x' }]) {
    expect(decodeAction({ value, name: named })).toEqual(step);
  }
  expect(decodeAction({ value: { ...step, caseId: 8 }, name: named })).toEqual({ ...step, caseId: 8 });
  const ledger = 'ledger.full_3_2026-10-01_2026-10-31';
  expect(decodeAction({ value: undefined, name: ledger })).toMatchObject({ from: '2026-10-01', to: '2026-10-31' });
  for (const name of ['', 'applyButton', 'case.return', 'case.return_7', 'case.return_x_2', '_', '__proto___1']) {
    expect(decodeAction({ value: undefined, name })).toBeUndefined();
  }
});

test('a mark in a button’s name is read back as text, whatever its digits are', () => {
  const digits = '1234567890123456';
  expect(decodeAction({ value: { v: 1, action: 'import.retire', importId: 7, seen: digits } })).toBeUndefined();
  const value = encodeAction({ action: 'import.retire', importId: 7, seen: `p${digits}` });
  expect(decodeAction({ value: undefined, name: nameOfAction(value) })).toEqual(value);
});

test('a button decodes only with days and months of the calendar', () => {
  const report = (month: string) => decodeAction({ value: { v: 1, action: 'report.submit', townId: 3, month } });
  expect(report('2026-12')).toMatchObject({ month: '2026-12' });
  for (const month of ['2026-13', '2026-00', '2026-1', '2026-10-01', '']) expect(report(month)).toBeUndefined();
  const sheet = { v: 1, action: 'ledger.full', unitId: 3, from: '2026-02-01' };
  expect(decodeAction({ value: { ...sheet, to: '2026-02-28' } })).toMatchObject({ to: '2026-02-28' });
  expect(decodeAction({ value: { ...sheet, to: '2026-02-29' } })).toBeUndefined();
});

test('each town of a bulletin opens its points, with a place or without', () => {
  const names = ['大雁镇', '辉苏木', '伊敏镇'];
  const towns = names.map((name, index) => ({
    ...{ unitId: index + 1, name, population: null },
    measures: townMeasures(index === 0 ? 30 : 2),
  }));
  const card = bulletinCard({
    ...{ bulletinId: 4, revision: 1, version: 1, state: 'published', banner: '旗', quarterName: '2026年第三季度' },
    ...{ note: '', reason: '', scoring: defaultScoring, scores: scoreTowns(towns, defaultScoring) },
    whole: { registered: 34, completed: 0, completedOnTime: 0, overdue: 0, rated: 0, ratedSatisfied: 0 },
    ...{ published: { by: '王海', at: now }, draftedAt: now, controls: false, zone },
  });
  expect(tagged(card, 'interactive_container').map(valueSent)).toEqual(
    [1, 2, 3].map((unitId) => ({ v: 1, action: 'bulletin.parts', bulletinId: 4, unitId })),
  );
  for (const words of ['1　大雁镇', '辉苏木（2件）', '伊敏镇（2件）']) expect(wholeText(card)).toContain(words);
});

function townMeasures(cases: number): TownMeasures['measures'] {
  const nothing = { part: 0, whole: 0 };
  return {
    ...{ volume: { part: cases, whole: 0 }, onTime: nothing, satisfaction: nothing, oneTimeNotice: nothing },
    ...{ punctuality: nothing, readiness: nothing, roster: nothing },
  };
}

describe('monthly report', () => {
  const report = {
    corrected: null,
    returned: null,
    townName: '大雁镇',
    townId: 2,
    month: '2026-11',
    monthName: '11月',
    dueAt: Date.UTC(2026, 11, 15, 15),
    lastWorkingDayNote: null,
    figures: [{ label: '登记', value: '3件' }],
    submitted: null,
    ledgerKey: '3f2a-91c0-77de-b48e',
    ledgerEntry: '巴彦托海镇：第128条 9f86d081884c7d65',
    overdue: false,
    now,
    zone,
  };

  test('the draft has the one button, which asks first', () => {
    const button = buttonCalled(reportCard(report), '确认报送');
    expect(valueSent(button)).toEqual({ v: 1, action: 'report.submit', townId: 2, month: '2026-11' });
    expect(button.confirm).toBeDefined();
  });

  test('once submitted: who and when, and the way back', () => {
    const card = reportCard({ ...report, overdue: true, submitted: { by: '王海', at: now, late: true } });
    expect(buttonLabels(card)).toEqual(['看全文、更正', '撤销']);
    expect(wholeText(card)).toContain('王海 11月23日 10:05 报送，已过时限');
    expect(wholeText(card)).toContain('台账指纹 巴彦托海镇：第128条 9f86d081884c7d65');
    expect(wholeText(card)).toContain('台账公钥指纹 3f2a-91c0-77de-b48e');
    expect(headerOf(card)).toMatchObject({ color: 'orange', mark: '逾期报送' });
  });

  test('overdue is red', () => {
    expect(headerOf(reportCard({ ...report, overdue: true })).color).toBe('red');
  });

  test('who is late', () => {
    const reported = [{ town: '大雁镇', at: now - days, late: true }];
    const card = overdueCard({ monthName: '11月', late: ['辉苏木'], reported, zone, now });
    expect(wholeText(card)).toMatch(/未报送1个\n辉苏木\n已报送1个\n大雁镇\n11月22日 10:05，逾期/);
    expect(headerOf(overdueCard({ monthName: '11月', late: [], reported, zone, now })).color).toBe('green');
  });
});

describe('statistics', () => {
  const group = (name: string, registered: number, open = 0) => ({
    name,
    figures: { ...noFigures, registered, open, waitingOpen: open },
  });
  const stats: StatsView = {
    unitName: '鄂温克族自治旗',
    periodName: '2026年11月',
    at: { unitId: 1, period: '2026-11-01..2026-11-30', by: 'town', askerId: 3 },
    figures: { ...noFigures, registered: 3, total: 3 },
    longestOverdue: null,
    others: noFigures,
    before: { ...noFigures, registered: 2, total: 2 },
    lastYear: null,
    running: false,
    groups: [],
    trend: null,
    groupings: ['town', 'agent'],
    units: [{ value: '1', text: '鄂温克族自治旗' }],
  };
  const towns = (count: number) => Array.from({ length: count }, (_, index) => group(`镇${index}`, index + 1));
  const charts = (view: Partial<StatsView>) => tagged(statsCard({ ...stats, ...view }), 'chart');

  test('many bars lie down, few stand', () => {
    expect(JSON.stringify(charts({ groups: towns(8) }))).toContain('"direction":"horizontal"');
    expect(JSON.stringify(charts({ groups: towns(3) }))).not.toContain('horizontal');
  });

  test('bars lie down, too, when a phone would leave names out that stand side by side', () => {
    const named = (...names: string[]) => JSON.stringify(charts({ groups: names.map((name) => group(name, 1)) }));
    expect(named('代办员甲', '代办员乙', '代办员丙', '代办员丁')).toContain('horizontal');
    expect(named('大雁镇', '辉苏木', '伊敏镇', '北镇')).not.toContain('horizontal');
  });

  test('namesakes, and names that look the same when cut, keep a bar each', () => {
    const long = '困难残疾人生活补贴和重度残疾人护理补贴';
    const same = ['萨仁', '萨仁', `${long}发放`, `${long}审核`].map((name) => group(name, 1, 2));
    for (const drawn of charts({ groups: same })) {
      const names = ['萨仁', '萨仁 2', '困难残疾人生活补贴和重…', '困难残疾人生活补贴和重… 2'];
      for (const name of names) expect(JSON.stringify(drawn)).toContain(JSON.stringify(name));
    }
  });

  test('nothing to count: a sentence, no chart, no table, and still the ways to other times and units', () => {
    const card = statsCard({ ...stats, figures: { ...noFigures, total: 3 } });
    for (const tag of ['chart', 'table']) expect(tagged(card, tag)).toEqual([]);
    expect(wholeText(card)).toContain('本期暂无办件');
    expect(
      tagged(card, 'button')
        .map((button) => JSON.stringify(button))
        .join(),
    ).toContain('上月');
    expect(wholeText(statsCard({ ...stats, figures: noFigures }))).toContain('还没有登记过代办件');
  });

  test('no chart where there is nothing to draw: words instead', () => {
    const standing = statsCard({ ...stats, groups: [group('大雁镇', 0, 2)] });
    expect(wholeText(standing)).toContain('本期没有新登记的件。');
    expect(tagged(standing, 'chart')).toHaveLength(1);
    const finished = statsCard({ ...stats, groups: [group('大雁镇', 2, 0)] });
    expect(wholeText(finished)).toContain('期末没有在办的件。');
    expect(charts({ trend: { step: 'day', points: [{ start: '2026-11-01', registered: 1, completed: 0 }] } })).toEqual(
      [],
    );
  });

  test('the trend is a line of registrations and completions', () => {
    const points = ['2026-11-01', '2026-11-02'].map((start) => ({ start, registered: 2, completed: 1 }));
    const [line] = charts({ trend: { step: 'day', points } });
    expect(line).toMatchObject({ chart_spec: { type: 'line', seriesField: 'part' } });
    expect(JSON.stringify(line)).toContain('{"x":"11-02","y":1,"part":"办结"}');
  });

  test('the table is turned by ten and says how many it had no room for', () => {
    const card = statsCard({ ...stats, groups: towns(300) });
    const [table] = tagged(card, 'table');
    const rows = JSON.stringify(table).split('"c1":').length - 1;
    expect(table).toMatchObject({ page_size: 10, freeze_first_column: true });
    expect(rows).toBeGreaterThan(30);
    expect(wholeText(card)).toContain(`共 300 项，表里是登记最多的 ${rows} 项，全部的请点导出。`);
  });

  test('a figure can be tapped, and carries the list of its cases', () => {
    const [cell] = tagged(statsCard({ ...stats, groups: towns(1) }), 'interactive_container');
    expect(decodeAction({ value: valueSent(cell ?? {}) })).toMatchObject({
      action: 'stats.cases',
      list: 'registered',
      page: 0,
    });
  });
});

test('whoever sends an unknown list hears of every list there is', () => {
  const text = wholeText(
    importProblemCard({ fileName: '名单.xlsx', problem: 'unknown', sheets: ['Sheet1'], near: [] }),
  );
  for (const kind of importKinds) expect(text).toContain(importKindWords[kind]);
});

test('the roster’s table is of the towns that have anybody, wherever they stand; the others are named', () => {
  const towns = Array.from({ length: 14 }, (_, index) => ({
    ...{ name: `${index + 1}号镇`, fullTime: 0, partTime: index === 13 ? 3 : 0 },
    uncovered: null,
  }));
  const coverage = { fullTime: 0, partTime: 3, villages: 0, withoutFullTime: [], notJoined: [], towns };
  const text = wholeText(rosterCard({ unitId: 1, unit: '旗', day: '2026-11-29', standIns: [], coverage }));
  expect(text).toMatch(/14号镇\s+0人\s+3人/);
  expect(text).toContain('13个苏木乡镇（含嘎查社区）一个人也没有：');
  expect(text).toMatch(/1号镇、2号镇.*10号镇 等/);
  expect(text.match(/0人/g)).toHaveLength(2);
  const nobody = { ...coverage, towns: towns.map((town) => ({ ...town, partTime: 0 })) };
  expect(
    wholeText(rosterCard({ unitId: 1, unit: '旗', day: '2026-11-29', standIns: [], coverage: nobody })),
  ).not.toContain('含嘎查社区）\n');
});

test('a notice of many lines counts the rest', () => {
  const card = noticeCard({
    tone: 'warning',
    title: '提醒',
    lines: Array.from({ length: 25 }, (_, i) => `第${i + 1}行`),
  });
  expect(wholeText(card)).toContain('共 25 条，先列出前 20 条');
  expect(wholeText(card)).not.toContain('第21行');
  expect(headerOf(card).color).toBe('orange');
});
