import { type ItemVersion, itemWrites } from '../../../db/repositories/item.ts';
import type { Ctx } from '../../ctx.ts';
import { type Promised, promisedOf, untilDays } from '../../domain/item-version.ts';
import { recordVersions, recordWithdrawal } from '../ledger/list-entries.ts';

interface WantedVersion {
  readonly itemId: number;
  readonly effectiveDay: string;
  readonly promised: Promised;
}

/**
 * Makes a version of each item, in force from its day on; those before it stay, and cases keep theirs. The groups that a change concerns
 * are told a little later, of all at once: see `tell-changes.ts`. The right to it has been checked.
 */
export async function makeVersions(ctx: Ctx, wanted: readonly WantedVersion[]): Promise<void> {
  const made: ItemVersion[] = [];
  for (const { itemId, effectiveDay, promised } of wanted) {
    const { levels, materials, ...others } = promisedOf(promised);
    const before = await itemWrites.takeVersions(ctx.tx, itemId);
    const version = await itemWrites.insertVersion(ctx.tx, {
      ...others,
      ...{ itemId, effectiveDay, levels: [...levels], materials: [...materials] },
      ...{ madeAt: ctx.now, madeBy: ctx.actor.kind === 'agent' ? ctx.actor.agent.id : null },
    });
    await keepEnds(ctx, [...before, version]);
    made.push(version);
  }
  await recordVersions(ctx, made);
}

/** Takes a planned version back; the one before it goes on. It has been taken in this transaction with the others of its item. */
export async function withdrawVersion(
  ctx: Ctx,
  { version, all }: { version: ItemVersion; all: readonly ItemVersion[] },
): Promise<void> {
  // Whoever never heard of it need not hear that it is off.
  const set = { withdrawnAt: ctx.now, toldAt: version.toldAt === null ? ctx.now : null };
  const withdrawn = { ...version, ...set };
  await itemWrites.updateVersion(ctx.tx, { id: version.id, set });
  await keepEnds(
    ctx,
    all.map((one) => (one.id === version.id ? withdrawn : one)),
  );
  await recordWithdrawal(ctx, withdrawn);
}

/** Until when each is in force follows from all of them. */
async function keepEnds(ctx: Ctx, versions: readonly ItemVersion[]): Promise<void> {
  const ends = untilDays(versions);
  for (const { id, untilDay: was } of versions) {
    const untilDay = ends.get(id) ?? null;
    if (untilDay !== was) await itemWrites.updateVersion(ctx.tx, { id, set: { untilDay } });
  }
}
