import { type ItemView, itemCard, itemListCard, itemOverviewCard } from '../../cards/item.ts';
import type { ItemRow } from '../../db/repositories/item.ts';
import { itemReads } from '../../db/repositories/item.ts';
import { today } from '../ctx.ts';
import { searchItems } from '../domain/catalogue.ts';
import { quote } from '../domain/quote.ts';
import { searchableCatalogue } from '../services/item/catalogue.ts';
import { type Command, fixed } from './command.ts';

const ROWS_MAX = 10;

export const items: Command = {
  name: '事项',
  aliases: ['items'],
  audience: 'all',
  usage: '/事项 [词或拼音]',
  summary: '查事项清单：部门、编码、层级、时限、材料',
  example: '/事项 低保',
  async run(ctx, args) {
    if (args === '') return fixed(overview(await itemReads.active(ctx.tx, today(ctx))));
    const found = searchItems(await searchableCatalogue(ctx), args).map((hit) => itemView(hit.item));
    const [only, ...others] = found;
    if (only && others.length === 0) return fixed(itemCard(only));
    return fixed(
      itemListCard({ query: quote(args, ctx.chat.type), total: found.length, rows: found.slice(0, ROWS_MAX) }),
    );
  },
};

function overview(all: readonly ItemRow[]) {
  const counts = new Map<string, number>();
  for (const item of all) counts.set(item.department, (counts.get(item.department) ?? 0) + 1);
  const departments = [...counts].map(([name, count]) => ({ name, count }));
  return itemOverviewCard({ departments, total: all.length });
}

function itemView(item: ItemRow): ItemView {
  const { code, department, levels, assistType, workingDays, materials } = item;
  const name = item.subItem === item.mainItem ? item.subItem : `${item.mainItem}（${item.subItem}）`;
  return { code, name, department, levels, assistType, workingDays, materials };
}
