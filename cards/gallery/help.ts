/** The gallery's cards that help somebody on. */
import { quote } from '../../src/domain/quote.ts';
import { figuresHelpCard, greetingCard, guideCard, helpCard, unknownCard } from '../help.ts';
import { fit } from '../kit.ts';
import type { GalleryCard, NounGallery } from './gallery-card.ts';

const commands = [
  {
    name: '/登记',
    usage: '/登记 [一句话]',
    summary: '登记群众的代办件',
    example: '/登记 低保 张三 13800000000',
    audience: 'agent',
  },
  { name: '/待办', usage: '/待办', summary: '我和本单位要办的件', example: null, audience: 'agent' },
  {
    name: '/查',
    usage: '/查 编号·姓名·手机尾号',
    summary: '查一件到了哪一步',
    example: '/查 26-02-00012',
    audience: 'agent',
  },
  {
    name: '/统计',
    usage: '/统计 [时间] [单位·部门]',
    summary: '看数据和图表',
    example: '/统计 本月 大雁镇',
    audience: 'manager',
  },
] as const;
const LEVEL_NAME_MAX = 20;
const help = { name: '敖登', role: 'agent', commands, contact: '有问题请找旗政务服务局' } as const;
const manyCommands = (['agent', 'manager', 'admin'] as const).flatMap((audience) =>
  Array.from({ length: 10 }, (_, at) => ({ ...commands[at % 4 === 0 ? 0 : 1], audience })),
);

const ordinary: readonly GalleryCard[] = [
  { name: 'help', title: '帮助', card: helpCard(help) },
  { name: 'help-admin', title: '帮助：全部命令', card: helpCard({ ...help, role: 'admin', commands: manyCommands }) },
  { name: 'help-stranger', title: '帮助：还不是代办员', card: helpCard({ ...help, name: null, role: null }) },
  { name: 'guide', title: '帮助：代办员一页纸', card: guideCard(help) },
  { name: 'greeting', title: '问候', card: greetingCard(help) },
  {
    name: 'unknown',
    title: '没看懂：有建议',
    card: unknownCard({ typed: quote('统记', 'p2p'), suggestion: '/统计', words: '' }),
  },
  {
    name: 'unknown-nothing',
    title: '没看懂：没有建议',
    card: unknownCard({ typed: quote('天气真好', 'p2p'), suggestion: null, words: '' }),
  },
  { name: 'stats-help', title: '统计：数字怎么算', card: figuresHelpCard() },
];

export const helpGallery: NounGallery = {
  ordinary,
  extreme(text) {
    // The program's own words, but for what an administrator calls the levels.
    const own = { name: '/统计', usage: '/统计 [时间] [单位·部门] [按…]', example: '/统计 本月 巴彦托海镇 按事项' };
    const summary = `${'各'.repeat(35)}${fit(text, LEVEL_NAME_MAX)}`;
    const many = (['agent', 'manager', 'admin'] as const).flatMap((audience) =>
      Array.from({ length: 20 }, () => ({ ...own, summary, audience })),
    );
    const typed = many.map((command) => ({ ...command, usage: '/a' }));
    return [
      { name: 'help', title: '帮助', card: helpCard({ name: text, role: 'admin', commands: many, contact: text }) },
      {
        name: 'greeting',
        title: '问候',
        card: greetingCard({ name: text, role: null, commands: typed, contact: text }),
      },
      { name: 'guide', title: '代办员一页纸', card: guideCard({ contact: text }) },
      {
        name: 'unknown',
        title: '没看懂',
        card: unknownCard({ typed: quote(text, 'p2p'), suggestion: text, words: text }),
      },
    ];
  },
};
