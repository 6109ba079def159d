/** The second story: what to do when something goes wrong. Each step is known to be done by the ledger. */
import type { CaseEvent, Chat, PersonInfo } from '../api.ts';
import { called, type Step, type Told } from './steps.ts';

/** The events that end the steps, in their order; between them anything else may happen. */
const script: readonly ((event: CaseEvent) => boolean)[] = [
  ({ kind }) => kind === 'register',
  ({ kind }) => kind === 'correct',
  ({ kind }) => kind === 'return',
  ({ kind }) => kind === 'forward',
  ({ kind }) => kind === 'complete',
  ({ kind, facts }) => kind === 'undo' && facts['undoes'] === 'complete',
  ({ kind, facts }) => kind === 'complete' && facts['outcome'] === 'refused',
  ({ kind, facts }) => kind === 'followUp' && Number(facts['rating']) <= BAD_RATING_MAX,
  ({ kind }) => kind === 'rectify',
];
const BAD_RATING_MAX = 2;

/** How many steps the case that has come furthest has behind it. */
export function furthest(events: readonly CaseEvent[]): number {
  const reached = new Map<number, number>();
  for (const event of events) {
    const at = reached.get(event.caseId) ?? 0;
    if (script[at]?.(event)) reached.set(event.caseId, at + 1);
  }
  return Math.max(0, ...reached.values());
}

export function troubleSteps(told: Told & { readonly events: readonly CaseEvent[] }): readonly Step[] {
  const { people, chats, events } = told;
  const village = people.find(({ level }) => level === 'village');
  const clerk = people.find(({ level, role }) => level === 'town' && role === 'agent');
  const manager = people.find(({ level, role }) => level === 'town' && role === 'manager');
  const villageGroup = groupOf(chats, village);
  const townGroup = groupOf(chats, clerk);
  const done = furthest(events);
  const inVillage = { who: village, group: villageGroup };
  const inTown = { who: clerk, group: townGroup };
  const lines = [
    {
      ...inVillage,
      title: `扮演${called(village)}，发“${LINE}”，勾选确认，点“提交登记”`,
      help: '这回不那么顺利：电话写错了，材料也没带齐',
      say: LINE,
    },
    {
      ...inVillage,
      title: '电话写错了：点卡片上的“更正”，在私聊里改成 13800000002，点“确认更正”',
      help: '办结以前随时能改；旧的、新的都记进台账',
    },
    {
      ...inTown,
      title: `换成${called(clerk)}，点开“材料不全？”，写缺什么，点“退回补正”`,
      help: '缺什么一次写清；退回期间不算时间',
    },
    {
      ...inVillage,
      title: `换回${called(village)}，群里来了提醒：点“重新转送”`,
      help: '退回的件会作为新消息发来，并且点名提醒登记的人',
    },
    {
      ...inTown,
      title: `换成${called(clerk)}，点“接收”，再点“办结”“确定”`,
      help: '这一步办错了：李四其实不符合条件',
    },
    {
      ...inTown,
      title: '点“撤销”，这件回到办理中',
      help: '十分钟内、后面还没有人接着办，就能撤销自己的这一步；两步都记在台账里',
    },
    {
      ...inTown,
      title: '把“办理结果”改成“不予办理”，写明原因和群众下一步可以怎么办，点“办结”',
      help: '不予办理必须说明白，群众要知道还能找谁',
    },
    {
      ...inVillage,
      title: `换回${called(village)}，点“确认送达”，满意度选“不满意”，写一句群众怎么说，点“回访评价”`,
      help: '如实记下来，管理员会收到，知道要改什么',
    },
    {
      ...inTown,
      who: manager,
      title: `换成${called(manager)}，写整改情况，点“整改”`,
      help: '改正以后才能归档',
    },
  ];
  return lines.map((line, index) => ({ ...line, done: index < done }));
}

const LINE = '/登记 临时救助 李四 13800000001';

function groupOf(chats: readonly Chat[], person: PersonInfo | undefined): Chat | undefined {
  return chats.find((chat) => chat.mode === 'group' && person !== undefined && chat.members.includes(person.openId));
}
