import { type ItemLine, itemCard, itemListCard, itemOverviewCard } from '../../cards/item.ts';
import type { ItemRow } from '../../db/repositories/item.ts';
import { itemReads } from '../../db/repositories/item.ts';
import { today } from '../ctx.ts';
import { searchItems } from '../domain/catalogue.ts';
import { quote } from '../domain/quote.ts';
import { asPromised, type PromisedItem } from '../services/item/as-promised.ts';
import { searchableCatalogue, wholeCatalogue } from '../services/item/catalogue.ts';
import { itemName, viewItem } from '../services/item/view.ts';
import { type Command, type CommandCtx, fixed } from './command.ts';

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
    const mayChange = ctx.actor.kind === 'agent' && ctx.actor.agent.role === 'admin';
    const found = await search(ctx, { words: args, mayChange });
    const [only, ...others] = found;
    if (only && others.length === 0) return fixed(itemCard(await viewItem(ctx, { item: only, mayChange })));
    const rows: ItemLine[] = [];
    for (const item of found.slice(0, ROWS_MAX)) rows.push(itemLine(await asPromised(ctx, item)));
    return fixed(itemListCard({ query: quote(args, ctx.chat.type), total: found.length, rows }));
  },
};

/** Whoever may change the catalogue finds what is out of use, too, where nothing else has that name. */
async function search(
  ctx: CommandCtx,
  { words, mayChange }: { words: string; mayChange: boolean },
): Promise<ItemRow[]> {
  const found = searchItems(await searchableCatalogue(ctx), words);
  const looked = found.length > 0 || !mayChange ? found : searchItems(await wholeCatalogue(ctx), words);
  return looked.map(({ item }) => item);
}

function overview(all: readonly ItemRow[]) {
  const counts = new Map<string, number>();
  for (const item of all) counts.set(item.department, (counts.get(item.department) ?? 0) + 1);
  const departments = [...counts].map(([name, count]) => ({ name, count }));
  return itemOverviewCard({ departments, total: all.length });
}

function itemLine(item: PromisedItem): ItemLine {
  const { code, department, levels, assistType, workingDays, materials } = item;
  return { code, name: itemName(item), department, levels, assistType, workingDays, materials };
}
