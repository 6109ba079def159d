/** What an administrator has to look after, on one card a working day. */
import type { Card } from './card.ts';
import { bold, card, cut, dayFor, facts, hr, notation, paragraph } from './kit.ts';

const ITEMS_MAX = 8;
const LINES_MAX = 3;
const LINE_MAX = 130;

export interface UpkeepView {
  /** When it was last put together. */
  readonly at: number;
  readonly items: readonly { readonly title: string; readonly lines: readonly string[] }[];
  /** Calls of the platform this month, by kind, and where that leads to. */
  readonly calls: {
    readonly byKind: Readonly<Record<'post' | 'reply' | 'update' | 'file' | 'list', number>>;
    readonly total: number;
    readonly forecast: number;
    readonly allowed: number;
  };
  /** Messages that wait or were given up and are kept. */
  readonly unsent: { readonly waiting: number; readonly dead: number };
  readonly zone: string;
}

/** Without personal data: units, numbers of cases, counts. */
export function upkeepCard(view: UpkeepView): Card {
  const { calls, unsent } = view;
  const shown = view.items.slice(0, ITEMS_MAX);
  const hidden = view.items.length - shown.length;
  const title = `${dayFor(view.at, { now: view.at, zone: view.zone })}值班单`;
  return card({
    title,
    color: 'orange',
    summary: `${title}：${view.items.length}件事`,
    elements: [
      ...shown.flatMap((item) => [
        bold(cut(item.title, 40)),
        ...item.lines.slice(0, LINES_MAX).map((line) => paragraph(line, { max: LINE_MAX })),
      ]),
      ...(hidden > 0 ? [notation(`还有${hidden}件没有列出，可用 doctor 命令查看`)] : []),
      hr(),
      ...facts([
        {
          label: '本月调用',
          value: `${calls.total}次：新消息${calls.byKind.post}，回复${calls.byKind.reply}，更新${calls.byKind.update}，文件${calls.byKind.file}，核对聊天记录${calls.byKind.list}`,
          max: 80,
        },
        {
          label: '照此到月底',
          value: `约${calls.forecast}次，免费版每月${calls.allowed}次`,
          ...(calls.forecast > calls.allowed ? { color: 'red' as const } : {}),
        },
        { label: '没发出', value: `等待${unsent.waiting}条，没送到${unsent.dead}条` },
      ]),
      notation('当天再有这样的事，就在这张卡片上更新，不另发消息。'),
    ],
  });
}
