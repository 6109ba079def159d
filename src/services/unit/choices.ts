import { unitReads } from '../../../db/repositories/unit.ts';
import type { Reading } from '../../ctx.ts';

/** Every unit somebody may belong to, as options of a select: small ones first, because most people come from there. */
export async function unitChoices(ctx: Reading): Promise<{ value: string; text: string }[]> {
  const choices: { value: string; text: string }[] = [];
  for (const level of ['village', 'outlet', 'town', 'department', 'banner'] as const) {
    const units = await unitReads.ofLevels(ctx.tx, [level]);
    choices.push(...units.map((unit) => ({ value: String(unit.id), text: unit.name })));
  }
  return choices;
}
