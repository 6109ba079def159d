/** What is looked at for 值得看看. */
import { and, between, eq, inArray } from 'drizzle-orm';
import type { Tx } from '../database.ts';

/** By which moment a case belongs to the stretch. */
const moments = ['registeredAt', 'completedAt', 'followedUpAt'] as const;

function selectRows({ q, t }: Tx, wanted: Wanted & { moment: (typeof moments)[number] }) {
  const { id: caseId, registrarId, handlerId, followUpAgentId, followedUpById, rating, rectifiedAt } = t.cases;
  const { acceptedAt, completedAt, followedUpAt } = t.cases;
  const { phoneHash, nameHash } = t.applicants;
  return q
    .select({
      ...{ caseId, registrarId, handlerId, followUpAgentId, followedUpById, rating, rectifiedAt },
      ...{ acceptedAt, completedAt, followedUpAt, phoneHash, nameHash },
    })
    .from(t.cases)
    .innerJoin(t.applicants, eq(t.applicants.id, t.cases.applicantId))
    .where(
      and(
        inArray(t.cases.registeringUnitId, [...wanted.unitIds]),
        between(t.cases[wanted.moment], wanted.from, wanted.to),
        wanted.versionIds && inArray(t.cases.itemVersionId, [...wanted.versionIds]),
      ),
    );
}

interface Wanted {
  readonly unitIds: readonly number[];
  /** Only these versions of items; all if absent. */
  readonly versionIds?: readonly number[] | undefined;
  /** Milliseconds, both included. */
  readonly from: number;
  readonly to: number;
}

export type PatternRow = Awaited<ReturnType<typeof selectRows>>[number];

export const casePatternReads = {
  /** What these units registered and was registered, completed or rated in the stretch; each once, in no order. */
  async within(tx: Tx, wanted: Wanted): Promise<PatternRow[]> {
    const rows = new Map<number, PatternRow>();
    for (const moment of moments) {
      for (const row of await selectRows(tx, { ...wanted, moment })) rows.set(row.caseId, row);
    }
    return [...rows.values()];
  },
};
