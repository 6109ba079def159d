import { type AgentRow, agentReads } from '../../../db/repositories/agent.ts';
import type { Reading } from '../../ctx.ts';

/**
 * The managers of a unit, else those of the first unit above it that has any; empty where none has. On leave or not.
 * @param of.line the unit, then its parents. @param of.exceptId is not counted as one.
 */
export async function nearestManagers(
  { tx }: Pick<Reading, 'tx'>,
  of: { line: readonly { readonly id: number }[]; exceptId?: number | undefined },
): Promise<AgentRow[]> {
  const unitIds = of.line.map(({ id }) => id);
  const above = await agentReads.activeWithRole(tx, { unitIds, roles: ['manager'] });
  const managers = above.filter(({ id }) => id !== of.exceptId);
  const nearest = unitIds.find((id) => managers.some(({ unitId }) => unitId === id));
  return managers.filter(({ unitId }) => unitId === nearest);
}
