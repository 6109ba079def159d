/** Who may have left which ledger entry, said once more in other words than the program's own rules. */
import type { Tx } from '../../db/database.ts';

/** By the program's own hand before anybody knocks: the scene's people and groups. */
const prepared = ['enrolAgent', 'bind'];

type Entry = Tx['t']['ledgerEntries']['$inferSelect'];
type CaseRow = Tx['t']['cases']['$inferSelect'];

interface People {
  readonly roleOf: ReadonlyMap<number, string>;
}

/** Entries that nobody, or somebody else, should have been able to leave; in words for the failing test. */
export async function entriesWithoutRight(tx: Tx): Promise<string[]> {
  const { q, t } = tx;
  const agents = await q.select().from(t.agents);
  const people: People = { roleOf: new Map(agents.map((agent) => [agent.id, agent.role])) };
  const entries = await q.select().from(t.ledgerEntries).orderBy(t.ledgerEntries.townId, t.ledgerEntries.seq);
  const cases = new Map((await q.select().from(t.cases)).map((row) => [row.id, row]));
  const holders = new Map<number, number>();
  const courses = new Map<number, Entry[]>();
  const keepers = new Map<number, number>();
  const wrong: string[] = [];
  for (const entry of entries) {
    const record = entry.caseId === null ? undefined : cases.get(entry.caseId);
    const holder = record && (holders.get(record.id) ?? record.registeringUnitId);
    const earlier = courses.get(entry.caseId ?? 0) ?? [];
    courses.set(entry.caseId ?? 0, [...earlier, entry]);
    const keeper = record && (keepers.get(record.id) ?? record.registrarId);
    if (!mayHaveLeft(entry, { record, holder, keeper, earlier, people }))
      wrong.push(`${entry.townId}/${entry.seq} ${entry.kind} by ${entry.actorKind} ${entry.actorId}`);
    const { holderUnitId, keeperId } = JSON.parse(entry.payload) as { holderUnitId?: number; keeperId?: number };
    if (record && holderUnitId !== undefined) holders.set(record.id, holderUnitId);
    if (record && keeperId !== undefined) keepers.set(record.id, keeperId);
  }
  return wrong;
}

function mayHaveLeft(
  entry: Entry,
  of: {
    record: CaseRow | undefined;
    holder: number | undefined;
    keeper: number | undefined;
    earlier: readonly Entry[];
    people: People;
  },
): boolean {
  const { record, holder } = of;
  if (entry.actorKind === 'system') return ['makeAdmin', 'unbind', 'archive', ...prepared].includes(entry.kind);
  if (entry.actorKind !== 'agent') return entry.kind === 'applyAgent';
  const id = Number(entry.actorId);
  const role = of.people.roleOf.get(id);
  const manages = role === 'manager' || role === 'admin';
  if (!record) {
    if (['bind', 'changeSetting'].includes(entry.kind)) return role === 'admin';
    if (['unbind', 'deactivateAgent', 'moveAgent', 'changeRole'].includes(entry.kind)) return manages;
    if (['publishBulletin', 'returnReport', 'urgeReports'].includes(entry.kind)) return manages;
    // A colleague for the own leave, or a manager for anybody's.
    if (['nameStandIn', 'endStandIn'].includes(entry.kind)) return true;
    return ['report', 'undoReport', 'approveAgent', 'rejectAgent', 'readDuties'].includes(entry.kind);
  }
  const registrar = id === of.keeper;
  switch (entry.kind) {
    case 'register':
      return id === record.registrarId;
    case 'withdraw':
      return registrar;
    case 'suspend':
    case 'resume':
    case 'terminate':
    case 'handOver':
      return holder === entry.unitId;
    case 'entrust':
      return entry.unitId === record.registeringUnitId;
    case 'complete':
      return holder === entry.unitId;
    case 'accept':
    case 'return':
    case 'escalate':
      return holder === entry.unitId;
    case 'forward':
    case 'deliver':
    case 'followUp':
      return entry.unitId === record.registeringUnitId;
    case 'archive':
      return entry.unitId === record.registeringUnitId || manages;
    case 'correct':
      return entry.unitId === record.registeringUnitId || manages;
    case 'erase':
      return role === 'admin';
    case 'rectify':
      return manages;
    case 'undo': {
      const { undoes } = JSON.parse(entry.payload) as { undoes: string };
      const taken = of.earlier.findLast(({ kind }) => kind === undoes);
      const late = undoes !== 'escalate' && entry.at - (taken?.at ?? 0) >= 600_000;
      return !late && (undoes === 'escalate' ? taken?.unitId === entry.unitId : taken?.actorId === entry.actorId);
    }
    case 'note':
      return [holder, record.registeringUnitId, record.townId].includes(entry.unitId ?? undefined) || manages;
    case 'urge':
      return registrar || manages;
    case 'reveal':
      return (
        registrar || id === record.handlerId || entry.unitId === holder || entry.unitId === record.registeringUnitId
      );
    default:
      return false;
  }
}
