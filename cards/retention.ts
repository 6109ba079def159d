/** 归档满几年: what administrators are asked before residents' data are deleted by the setting, and what came of it. */
import { encodeAction } from './action-values.ts';
import type { Card } from './card.ts';
import { IN_BACKUPS_WORDS } from './erase.ts';
import { button, card, dayWithYear, facts, notation, paragraph } from './kit.ts';

const TITLE = '到期的个人信息';

export interface RetentionView {
  readonly years: number;
  readonly people: number;
  /** When the oldest of their cases was archived (ms). */
  readonly oldestAt: number;
  readonly zone: string;
}

/** Asks once whether the program may delete every night what is due. */
export function retentionCard({ years, people, oldestAt, zone }: RetentionView): Card {
  return card({
    title: TITLE,
    color: 'orange',
    summary: '到期的个人信息要删除吗',
    elements: [
      paragraph(`设置里写了：归档满${years}年，自动删除群众的个人信息。第一次删除之前请确认。`),
      ...facts([
        { label: '现在到期', value: `${people}人` },
        { label: '最早归档', value: dayWithYear(oldestAt, zone) },
      ]),
      paragraph(
        '同一位群众只要还有没办结的件，或有没满年限的件，就不删；整改过的件不删。编号、步骤、统计和台账都留着，照样核对得上。',
      ),
      button({
        label: '确认按期删除',
        value: encodeAction({ action: 'retention.decide', years, agreed: true }),
        type: 'primary_filled',
      }),
      notation('确认以后从今夜起删除，删除后不能恢复。'),
      button({ label: '暂不', value: encodeAction({ action: 'retention.decide', years, agreed: false }) }),
      notation(`一位系统管理员答了就算。以后每夜最多删100人，每人记一条台账，值班单上说删了几人。${IN_BACKUPS_WORDS}`),
    ],
  });
}

/** What stands in the question's place once it is answered. */
export function retentionDecidedCard({ years, agreed }: { readonly years: number; readonly agreed: boolean }): Card {
  return card({
    title: TITLE,
    color: agreed ? 'green' : 'grey',
    summary: agreed ? '已确认按期删除' : '暂不删除',
    elements: [
      paragraph(
        agreed
          ? `已确认：归档满${years}年的个人信息从今夜起逐夜删除，并记入台账。`
          : '先不删，并记入台账。一个月后还有到期的，再问一次。',
      ),
      notation('要改年限或不再自动删除，请发 /设置。'),
    ],
  });
}
