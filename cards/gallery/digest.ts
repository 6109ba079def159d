/** The gallery's digests. */
import { type DigestLine, type DigestPart, digestCard } from '../digest.ts';
import { weeklyCard } from '../weekly.ts';
import type { NounGallery } from './gallery-card.ts';

const line: DigestLine = {
  caseId: 12,
  caseNumber: '26-02-00012',
  applicant: '张**',
  itemName: '高龄津贴发放',
  when: '最晚11月20日办结',
  next: '请办理，办好点“办结”',
};

const hint = '发 /待办 看全部';
const overdue: DigestPart = { heading: '已超期', late: true, total: 1, lines: [line] };
const parts: readonly DigestPart[] = [
  overdue,
  {
    heading: '11月23日到期',
    late: false,
    total: 12,
    lines: Array.from({ length: 10 }, (_, n) => ({ ...line, caseId: 20 + n, when: '最晚11月23日办结' })),
  },
  {
    heading: '办结了，还没有送达',
    late: false,
    total: 2,
    lines: [
      { ...line, next: '请把结果送达群众', when: '11月20日办结' },
      { ...line, next: '请把结果送达群众', when: '11月18日办结' },
    ],
  },
];

const tasks = ['逾期1项：第14项（最晚11月15日）', '快到期2项：第9项（最晚11月30日）、第10项（最晚12月5日）'];

const fingerprint = {
  chains: 2,
  entries: 345,
  lines: ['鄂温克族自治旗：第12条 0f3a91c2d4e5b678', '巴彦托海镇：第333条 9a8b7c6d5e4f3021', `公钥 ${'A'.repeat(43)}`],
};
const figures = [
  { label: '登记', value: '23件' },
  { label: '办结', value: '19件' },
  { label: '按时办结率', value: '95.0%（20件）' },
  { label: '超期在办', value: '1件' },
];
const week = {
  checks: 2,
  title: '鄂温克族自治旗：11月23日至11月27日这一周',
  figures,
  units: [
    { name: '巴彦托海镇', line: '登记20件，办结17件，按时办结率94.4%（18件），超期在办1件' },
    { name: '大雁镇', line: '登记3件，办结2件，按时办结率100.0%（2件），超期在办0件' },
  ],
  plan: ['任务逾期3项：大雁镇2项、辉苏木1项；请管理员发 /任务 更新', '七有齐全：中心9/10，站40/44'],
  overdue: { ...overdue, heading: '超期在办', lines: [{ ...line, next: '在巴彦托海镇便民服务中心' }] },
  fingerprint,
};

export const digestGallery: NounGallery = {
  ordinary: [
    {
      name: 'digest-group',
      title: '每日提醒：群里',
      card: digestCard({ title: '巴彦托海镇：11月23日提醒', parts, tasks: [], hint }),
    },
    {
      name: 'digest-private',
      title: '每日提醒：私信',
      card: digestCard({ title: '11月23日提醒', parts: parts.slice(2), tasks, hint }),
    },
    {
      name: 'digest-tasks',
      title: '每日提醒：只有方案任务',
      card: digestCard({ title: '11月23日提醒', parts: [], tasks, hint }),
    },
    { name: 'weekly', title: '每周汇总', card: weeklyCard(week) },
    { name: 'weekly-none', title: '每周汇总：没有超期', card: weeklyCard({ ...week, overdue: null }) },
  ],
  extreme(text) {
    const worst: DigestPart = {
      heading: text,
      late: true,
      total: 99,
      lines: Array.from({ length: 12 }, () => ({
        caseId: 12,
        caseNumber: text,
        applicant: text,
        itemName: text,
        when: text,
        next: text,
      })),
    };
    const mentions = Array.from({ length: 9 }, () => `ou_${'x'.repeat(32)}`);
    return [
      {
        name: 'digest',
        title: '每日提醒',
        card: digestCard({
          title: text,
          parts: [{ ...worst, mentions }, ...Array.from({ length: 9 }, () => worst)],
          tasks: Array.from({ length: 9 }, () => text),
          hint: text,
        }),
      },
      {
        name: 'weekly',
        title: '每周汇总',
        card: weeklyCard({
          title: text,
          figures: figures.map(() => ({ label: text, value: text })),
          units: Array.from({ length: 40 }, () => ({ name: text, line: text })),
          plan: [text, text, text],
          overdue: worst,
          checks: 9999,
          fingerprint: { ...fingerprint, lines: Array.from({ length: 40 }, () => text) },
        }),
      },
    ];
  },
};
