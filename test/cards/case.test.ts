import { describe, expect, test } from 'vitest';
import { type CaseView, caseCard, movedCard } from '../../cards/case.ts';
import { caseListCard } from '../../cards/case-list.ts';
import { caseOfText, days, hostile, now, sampleCase, sampleRow, zone } from '../../cards/gallery/samples.ts';
import { revealCard } from '../../cards/reveal.ts';
import { type CaseState, type CaseStep, caseStates } from '../../src/domain/case.ts';
import {
  buttonCalled,
  buttonLabels,
  field,
  fieldNames,
  headerOf,
  markdowns,
  nodes,
  summaryOf,
  tagged,
  textOf,
  valueSent,
  wholeText,
} from './reading.ts';

const withOffers = (state: CaseState, offers: readonly CaseStep[], more: Partial<CaseView> = {}) =>
  caseCard({ ...sampleCase, state, offers, ...more });

describe('buttons are exactly those of the contract', () => {
  test.each([
    ['forwarded', ['accept', 'return'], ['接收', '退回补正', '查看申请人', '传材料', '打印', '期限怎么算']],
    ['forwarded', ['withdraw', 'urge'], ['催办', '撤回', '查看申请人', '传材料', '打印', '期限怎么算']],
    [
      'accepted',
      ['return', 'escalate', 'complete'],
      ['办结', '退回补正', '转上级', '查看申请人', '传材料', '打印', '期限怎么算'],
    ],
    ['accepted', ['return', 'complete'], ['办结', '退回补正', '查看申请人', '传材料', '打印', '期限怎么算']],
    ['returned', ['forward', 'withdraw'], ['重新转送', '撤回', '查看申请人', '传材料', '打印', '期限怎么算']],
    ['completed', ['deliver'], ['确认送达', '查看申请人', '传材料', '打印']],
    ['delivered', ['followUp'], ['回访评价', '查看申请人', '传材料', '打印']],
    ['followedUp', ['rectify'], ['整改', '查看申请人', '传材料', '打印']],
    ['accepted', [], ['查看申请人', '传材料', '打印', '期限怎么算']],
    ['completed', [], ['打印']],
    ['archived', [], ['打印']],
    ['withdrawn', [], ['打印']],
  ] as const)('%s with %j', (state, offers, labels) => {
    expect(buttonLabels(withOffers(state, offers))).toEqual(labels);
  });

  test('every button carries the case and the version it was drawn for', () => {
    const card = withOffers('accepted', ['return', 'escalate', 'complete'], { id: 77, version: 9 });
    expect(valueSent(buttonCalled(card, '办结'))).toEqual({ v: 1, action: 'case.complete', caseId: 77, version: 9 });
    expect(valueSent(buttonCalled(card, '转上级'))).toEqual({ v: 1, action: 'case.escalate', caseId: 77, version: 9 });
    expect(valueSent(buttonCalled(card, '查看申请人'))).toEqual({ v: 1, action: 'case.reveal', caseId: 77 });
  });

  test('接收 needs no field and stands before every field', () => {
    const card = withOffers('forwarded', ['accept', 'return']);
    const all = nodes(card);
    const accept = buttonCalled(card, '接收');
    expect(accept.form_action_type).toBeUndefined();
    expect(all.indexOf(accept)).toBeLessThan(all.findIndex((node) => node.tag === 'form'));
  });

  test.each([
    ['forwarded', 'withdraw', '撤回'],
    ['accepted', 'escalate', '转上级'],
    ['accepted', 'complete', '办结'],
    ['completed', 'deliver', '确认送达'],
    ['delivered', 'followUp', '回访评价'],
  ] as const)('%s: %s asks first, in a form, where clients do ask', (state, step, label) => {
    const asks = buttonCalled(withOffers(state, [step]), label);
    expect(asks.form_action_type).toBe('submit');
    expect(JSON.stringify(asks.confirm)).toMatch(step === 'escalate' ? /可以收回/ : /十分钟内可以由您撤销/);
  });

  test('what can be put right by itself does not ask', () => {
    expect(buttonCalled(withOffers('accepted', ['return']), '退回补正').confirm).toBeUndefined();
    expect(buttonCalled(withOffers('completed', ['note']), '加说明').confirm).toBeUndefined();
  });

  test.each([
    [['return', 'escalate', 'complete'], '写说明、不予办理、退回补正、转上级'],
    [['complete'], '写说明、不予办理'],
    [['return'], '材料不全？一次写清'],
  ] as const)('%j: the panel says what is written in it, right below the button', (offers, title) => {
    const form = tagged(withOffers('accepted', offers), 'form')[0]?.elements as Parameters<typeof textOf>[0][];
    const panel = form.findIndex((element) => element.tag === 'collapsible_panel');
    expect(JSON.stringify(form[panel]?.header)).toContain(`"content":"${title}"`);
    const button = form[panel - 1];
    expect(button && textOf(button, 'text')).toBe(offers.some((step) => step === 'complete') ? '办结' : undefined);
  });

  test('办结 is asked in words that are true of both results', () => {
    expect(JSON.stringify(buttonCalled(withOffers('accepted', ['complete']), '办结').confirm)).toContain(
      '按所选的办理结果办结',
    );
  });

  test('撤销 names whose it is and until when, 收回 until what', () => {
    const undo = { step: 'complete', by: '王海', until: now + 600_000 } as const;
    const card = withOffers('completed', [], { undo, version: 9 });
    expect(wholeText(card)).toContain('办错了？11月23日 10:15前可由王海撤销');
    expect(valueSent(buttonCalled(card, '撤销'))).toEqual({ v: 1, action: 'case.undo', caseId: 12, version: 9 });
    const escalated = withOffers('forwarded', [], {
      undo: { step: 'escalate', by: '大雁镇便民服务中心', until: null },
    });
    expect(wholeText(escalated)).toContain('转错了？接收以前大雁镇便民服务中心可以收回');
    expect(buttonLabels(escalated)).toContain('收回');
  });

  test('备注 and the newest 说明 stand above the buttons, for whoever acts', () => {
    const card = withOffers('forwarded', ['accept'], {
      remarks: '急，上门',
      note: { text: '周五来', who: '王海', at: now },
    });
    const text = wholeText(card);
    for (const words of ['备注：急，上门', '11月23日 王海说明：周五来']) {
      expect(text).toContain(words);
      expect(text.indexOf(words)).toBeLessThan(text.indexOf('接收', text.indexOf('最晚')));
    }
  });
});

describe('fields have the names the handlers read', () => {
  test.each([
    ['forwarded', ['accept', 'return'], ['note', 'materials', 'externalNumber']],
    ['accepted', ['return', 'escalate', 'complete'], ['outcome', 'note', 'advice', 'materials', 'externalNumber']],
    ['forwarded', ['withdraw', 'urge'], ['note']],
    ['forwarded', ['accept', 'return', 'withdraw', 'urge'], ['note', 'materials', 'externalNumber']],
    ['returned', ['forward', 'withdraw'], ['note']],
    ['completed', ['deliver'], ['deliveryWay']],
    ['delivered', ['followUp'], ['rating', 'comment']],
    ['followedUp', ['rectify'], ['note']],
    ['forwarded', ['urge'], []],
  ] as const)('%s with %j', (state, offers, names) => {
    expect(fieldNames(withOffers(state, offers))).toEqual(names);
  });

  test('办理结果 starts with 予以办理, 满意度 with nothing', () => {
    expect(field(withOffers('accepted', ['complete']), 'outcome').initial_option).toBe('granted');
    const rating = field(withOffers('delivered', ['followUp']), 'rating');
    expect(rating.initial_option).toBeUndefined();
    expect(rating.required).toBe(true);
    expect(JSON.stringify(rating.options)).toMatch(/非常满意.*"5".*非常不满意.*"1"/);
  });

  test('a number given earlier stands in its field', () => {
    const card = withOffers('accepted', ['return'], { externalNumber: 'YC-1' });
    expect(field(card, 'externalNumber').default_value).toBe('YC-1');
  });
});

describe('what the card says', () => {
  const colors: Record<CaseState, string> = {
    forwarded: 'blue',
    accepted: 'turquoise',
    returned: 'orange',
    completed: 'green',
    delivered: 'green',
    followedUp: 'grey',
    archived: 'grey',
    withdrawn: 'grey',
    suspended: 'orange',
    terminated: 'grey',
  };

  test.each(caseStates)('colour of %s', (state) => {
    expect(headerOf(withOffers(state, [], { rating: 5 })).color).toBe(colors[state]);
  });

  test('a bad rating wants somebody until it is rectified', () => {
    expect(headerOf(withOffers('followedUp', [], { rating: 1 })).color).toBe('orange');
    expect(headerOf(withOffers('followedUp', [], { rating: 1, rectification: '已致歉' })).color).toBe('grey');
  });

  test('a refusal is no success: its first sentence says why and what is next, orange until it is archived', () => {
    const refusal = { outcome: 'refused', outcomeNote: '收入超过标准。', outcomeAdvice: '可以申请临时救助' } as const;
    const card = withOffers('completed', ['deliver'], refusal);
    expect(headerOf(card)).toMatchObject({ color: 'orange', mark: '不予办理' });
    expect(wholeText(card)).toContain('不予办理：收入超过标准。请安门社区告知群众，下一步可以：可以申请临时救助');
    expect(summaryOf(card)).toContain('：不予办理：收入超过标准');
    expect(headerOf(withOffers('delivered', [], refusal))).toMatchObject({ color: 'orange', mark: '不予办理' });
    expect(headerOf(withOffers('archived', [], { ...refusal, rating: 5 })).color).toBe('grey');
    expect(wholeText(withOffers('archived', [], { ...refusal, rating: 5 }))).not.toContain('全部完成');
  });

  test('overdue: red, in the mark, in words and in the notification', () => {
    const card = withOffers('accepted', [], { dueAt: now - 3 * days, overdue: true });
    expect(headerOf(card)).toMatchObject({ color: 'red', mark: '已超期' });
    expect(wholeText(card)).toContain('11月20日，已超期');
    expect(summaryOf(card)).toContain('已超期');
  });

  test('the year of a day is told where it is not that of the registration', () => {
    const card = withOffers('accepted', [], { registeredAt: now, dueAt: Date.UTC(2027, 0, 6), urgedDay: '2027-01-04' });
    for (const words of ['2027年1月6日', '2027年1月4日催办过']) expect(wholeText(card)).toContain(words);
  });

  test('names the day of the last 催办 while somebody works on it', () => {
    expect(wholeText(withOffers('accepted', [], { urgedDay: '2026-11-03' }))).toContain('11月3日催办过');
    expect(wholeText(withOffers('completed', [], { urgedDay: '2026-11-03' }))).not.toContain('催办过');
  });

  test('names the town with the village, but not twice', () => {
    expect(wholeText(withOffers('accepted', []))).toContain('巴彦托海镇安门社区');
    expect(wholeText(withOffers('accepted', [], { residence: '巴彦托海镇' }))).not.toContain('巴彦托海镇巴彦托海镇');
  });

  test('while returned time stands still and all that is missing is named', () => {
    const card = withOffers('returned', ['forward'], {
      dueAt: null,
      remainingDays: 4,
      returnNote: { reason: '材料不齐', materials: '身份证\n银行卡' },
    });
    expect(headerOf(card).color).toBe('orange');
    expect(wholeText(card)).toContain('暂停计时，还剩4个工作日');
    expect(wholeText(card)).toContain('身份证\n银行卡');
  });

  test('says so when the holidays of the year are not announced', () => {
    const sentence = '节假日安排尚未公布，按普通周计算';
    expect(wholeText(withOffers('accepted', [], { calendarUnannounced: true }))).toContain(sentence);
    expect(wholeText(withOffers('accepted', []))).not.toContain(sentence);
  });

  test('names who accepts until when, with the year when it is another one', () => {
    const card = withOffers('forwarded', [], { acceptBy: now + 60 * days });
    expect(wholeText(card)).toContain('等待巴彦托海镇便民服务中心接收，最晚2027年1月22日');
  });

  test('the notification holds neither name nor phone', () => {
    for (const state of caseStates) {
      expect(summaryOf(withOffers(state, []))).not.toMatch(/张|138/);
      expect(summaryOf(withOffers(state, []))).toContain('26-02-00012');
    }
  });

  test('the last six steps, and how many there were', () => {
    const timeline = Array.from({ length: 14 }, (_, index) => ({
      kind: 'urge',
      at: now,
      who: `第${index + 1}人`,
      unit: '安门社区',
      note: null,
    }));
    const text = wholeText(withOffers('accepted', [], { timeline }));
    expect(text).toContain('办理经过（14步）');
    expect(text).not.toContain('第8人');
    expect(text).toContain('第9人');
    expect(text).toContain('11月23日 10:05 催办');
  });

  test('a kind of step from a later version is still a line', () => {
    const timeline = [{ kind: 'constructor', at: now, who: '敖登', unit: '安门社区', note: null }];
    expect(wholeText(withOffers('accepted', [], { timeline }))).toContain('10:05 记录');
  });

  test('typed text never reaches markdown unescaped', () => {
    const card = caseCard(caseOfText(hostile));
    expect(markdowns(card).join()).not.toContain('<at');
    expect(wholeText(card)).toContain('<at id=all></at>');
  });
});

test('the old card points to the new one and has nothing to press', () => {
  const card = movedCard({ subject: '代办件 26-02-00012', at: now, zone });
  expect(wholeText(card)).toContain('最新情况请看下方的新卡片');
  expect(headerOf(card)).toMatchObject({ color: 'grey', title: '代办件 26-02-00012' });
  expect(buttonLabels(card)).toEqual([]);
});

test('the private look: everything, with the reminder, and nothing of it in the notification', () => {
  const card = revealCard({
    caseNumber: '26-02-00012',
    name: '张三',
    phone: '13800001234',
    contact: { relation: 'other', name: '乌'.repeat(40), phone: '13900001111' },
    idNumber: null,
    address: null,
    residence: '安门社区',
    itemName: '高龄津贴发放',
    remarks: null,
  });
  expect(wholeText(card)).toContain('13900001111');
  expect(wholeText(card)).toContain('13800001234');
  expect(wholeText(card)).toContain('本次查看已记入台账');
  expect(wholeText(card)).not.toMatch(/身份证号|备注/);
  expect(summaryOf(card)).not.toMatch(/张三|1380/);
});

describe('list', () => {
  const list = (rows: Parameters<typeof caseListCard>[0]['rows'], total = rows.length) =>
    caseListCard({ title: '待办', empty: '没有待办', total, rows, hint: null, now, zone });

  test('deadlines in words, overdue first', () => {
    const card = list([
      sampleRow,
      { ...sampleRow, id: 13, workingDaysLeft: 0 },
      { ...sampleRow, id: 14, state: 'returned', workingDaysLeft: null },
      { ...sampleRow, id: 15, overdue: true, workingDaysLeft: -3 },
    ]);
    const text = wholeText(card);
    for (const words of ['还剩2个工作日', '今天到期', '暂停计时', '已超期3个工作日']) expect(text).toContain(words);
    expect(tagged(card, 'button').map(valueSent)).toMatchObject([15, 12, 13, 14].map((caseId) => ({ caseId })));
    expect(text).toContain('共4件，1件已超期');
    expect(headerOf(card).color).toBe('red');
  });

  test('where others read it on other days it names the day', () => {
    const late = { ...sampleRow, id: 13, overdue: true, workingDaysLeft: null };
    const text = wholeText(list([{ ...sampleRow, workingDaysLeft: null }, late]));
    expect(text).toContain('办理中，最晚11月25日');
    expect(text).toContain('办理中，已超期');
    expect(text).not.toMatch(/还剩|今天|个工作日/);
  });

  test('ten rows at most, and says how many there are', () => {
    const card = list(
      Array.from({ length: 12 }, (_, index) => ({ ...sampleRow, id: index + 1 })),
      31,
    );
    expect(buttonLabels(card)).toEqual(Array.from({ length: 10 }, () => '打开'));
    expect(wholeText(card)).toContain('共31件，先列出前10件');
  });

  test('what others deal with stands apart, with whom and since when; each line says what comes next', () => {
    const own = [
      ['forwarded', '请接收'],
      ['accepted', '请办理'],
      ['returned', '请补正后重新转送'],
      ['completed', '请把结果送达群众'],
      ['delivered', '请回访群众'],
    ] as const;
    for (const [state, words] of own) {
      expect(wholeText(list([{ ...sampleRow, state, turn: 'own' }]))).toContain(words);
    }
    const card = caseListCard({
      ...{ title: '待办', empty: '没有待办', total: 0, rows: [], hint: null, now, zone },
      elsewhere: {
        total: 2,
        rows: [
          { ...sampleRow, state: 'forwarded', turn: { since: now - 3 * 86_400_000 } },
          { ...sampleRow, id: 13, turn: { since: now } },
        ],
      },
    });
    const text = wholeText(card);
    for (const words of ['没有待办', '我登记的，共2件']) expect(text).toContain(words);
    expect(JSON.stringify(card)).toMatch(/要我办.*等别人办/);
    expect(text).toContain('等巴彦托海镇便民服务中心接收，11月20日起');
    expect(text).toContain('等巴彦托海镇便民服务中心办理，11月23日起');
  });

  test('empty', () => {
    expect(wholeText(list([]))).toContain('没有待办');
  });
});
