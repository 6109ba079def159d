import { DateTime } from 'luxon';
import { agentReads } from '../../db/repositories/agent.ts';
import type { Reading } from '../ctx.ts';
import type { SheetOrder } from '../services/message/sheet-order.ts';

/** Who asked for the file and when, as its first words below the title say: `包主任 2026-11-23 10:00 生成`. */
export async function madeBy(ctx: Reading, order: Pick<SheetOrder, 'agentId' | 'askedAt'>): Promise<string> {
  const name = (await agentReads.byId(ctx.tx, order.agentId))?.name ?? '';
  return `${name} ${DateTime.fromMillis(order.askedAt, { zone: ctx.zone }).toFormat('yyyy-MM-dd HH:mm')} 生成`;
}
