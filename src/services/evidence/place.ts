/** 照片: what people send to show how a task or a check of their unit stands. It is sealed under a key of that task or check. */
import { type EvidencePlaceRow, evidenceReads, evidenceWrites } from '../../../db/repositories/evidence.ts';
import { paperReads } from '../../../db/repositories/paper.ts';
import { type Ctx, type Reading, requireStaff, type Staff } from '../../ctx.ts';
import { Refused } from '../../refusals.ts';
import { requirePlace } from '../readiness/answer.ts';
import { requireTask } from '../task/update.ts';

/** Of which task, or of which check of a center or station, a button asks. */
export type EvidenceAsked =
  | { readonly kind: 'task'; readonly unitId: number; readonly taskId: number }
  | { readonly kind: 'check'; readonly unitId: number; readonly listId: number; readonly index: number };

/** What photos belong to, in words and as they are kept. */
export interface EvidenceSubject {
  readonly unitId: number;
  readonly kind: EvidenceAsked['kind'];
  readonly ref: string;
  /** 任务9 便民服务中心（站）设立挂牌. */
  readonly title: string;
  readonly unit: string;
}

/** Refuses whoever may not say how the task or check stands, as `requireTask` and `requirePlace`; and `readiness_changed`. */
export async function requireSubject(ctx: Ctx, asked: EvidenceAsked): Promise<EvidenceSubject> {
  const { unitId, kind } = asked;
  if (kind === 'task') {
    const { task, unit } = await requireTask(ctx, asked);
    return { unitId, kind, ref: String(task.line), title: `任务${task.number} ${task.title}`, unit: unit.name };
  }
  const own = await requirePlace(ctx, unitId);
  const check = own.list.checks[asked.index];
  if (own.list.id !== asked.listId || !check) throw new Refused('readiness_changed');
  return { unitId, kind, ref: check.name, title: `${own.list.name} ${check.name}`, unit: own.unit.center };
}

/** The same of a place that is known, for a member of staff; undefined when they may not see it any more. */
export async function subjectFor(
  ctx: Reading,
  { place, staff }: { place: EvidencePlaceRow; staff: Staff },
): Promise<EvidenceSubject | undefined> {
  const acting: Ctx = { ...ctx, actor: { ...staff, kind: 'agent' } };
  const { unitId, kind, ref } = place;
  try {
    if (kind === 'task') return await requireSubject(acting, { kind, unitId, taskId: Number(ref) });
    const { list, unit } = await requirePlace(acting, unitId);
    return { unitId, kind, ref, title: `${list.name} ${ref}`, unit: unit.center };
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

/** Where photos of it are kept, made at the first. */
export async function openPlace(ctx: Ctx, { unitId, kind, ref }: EvidenceSubject): Promise<EvidencePlaceRow> {
  requireStaff(ctx);
  const known = await evidenceReads.find(ctx.tx, { unitId, kind, ref });
  return (
    known ?? evidenceWrites.open(ctx.tx, { unitId, kind, ref, wrappedKey: ctx.vault.newApplicantKey().wrappedKey })
  );
}

/** How many photos are kept of it. */
export async function photosOf(
  ctx: Reading,
  of: { unitId: number; kind: 'task' | 'check'; ref: string },
): Promise<number> {
  const place = await evidenceReads.find(ctx.tx, of);
  return place ? (await paperReads.keptOfPlace(ctx.tx, place.id)).length : 0;
}
