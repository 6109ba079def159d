/** How those are reached who have to do with a case: their group, else its people one by one. */
import type { Ctx, Reading } from '../../ctx.ts';
import type { Audience } from '../../domain/turns.ts';
import { nearestManagers } from '../agent/nearest-managers.ts';
import type { CaseDossier } from '../case/dossier.ts';
import { notifyAdmins } from '../message/notify.ts';
import { presentFor } from '../stand-in/running.ts';
import { isReached, type Target, targetsOfPeople, targetsOfUnit } from './targets.ts';

/** @param request.turn to whom the turn has just passed: they are reached even where they have no group. */
export async function reachableTargets(
  ctx: Ctx,
  request: { dossier: CaseDossier; turn: Audience | undefined },
): Promise<Target[]> {
  const { dossier, turn } = request;
  return [
    ...(await registeringTargets(ctx, { dossier, hasTurn: turn === 'registering' })),
    ...(await holderTargets(ctx, dossier)),
    ...(turn === 'manager' ? await rectifierTargets(ctx, dossier) : []),
  ];
}

async function registeringTargets(
  ctx: Ctx,
  { dossier, hasTurn }: { dossier: CaseDossier; hasTurn: boolean },
): Promise<Target[]> {
  const [unit] = dossier.registeringLine;
  if (!unit || (unit.chatId === null && !hasTurn)) return [];
  if (unit.chatId === null && dossier.parties.keeperActive) {
    return targetsOfPeople(await presentFor(ctx, [dossier.keeper]));
  }
  return targetsOfUnit(ctx, unit);
}

/** It waits for acceptance where there is neither a group nor anybody. */
export async function isDeserted(ctx: Reading, { record, holderLine: [holder] }: CaseDossier): Promise<boolean> {
  if (!holder || record.state !== 'forwarded') return false;
  return !(await isReached(ctx, holder));
}

/** A case that nobody can see would wait for ever, so then the administrators are told. */
async function holderTargets(ctx: Ctx, { record, holderLine }: CaseDossier): Promise<Target[]> {
  const [holder] = holderLine;
  if (!holder) return [];
  const targets = await targetsOfUnit(ctx, holder);
  if (record.state === 'forwarded' && targets.length === 0) {
    await notifyAdmins(ctx, {
      title: '有代办件没人接收',
      lines: [
        `${record.caseNumber} 已转到${holder.center}，但它没有绑定群，也没有代办员。`,
        `请把机器人拉进${holder.center}的群并绑定，或让工作人员登记。`,
      ],
    });
  }
  return targets;
}

/** Who writes down what was put right: the town over a village in its group; else the nearest managers, privately. */
async function rectifierTargets(ctx: Ctx, { record, registeringLine }: CaseDossier): Promise<Target[]> {
  const [, above] = registeringLine;
  if (above?.level === 'town' && above.chatId !== null) return [{ target: above.chatId, agentId: null }];
  const managers = await nearestManagers(ctx, { line: registeringLine });
  if (managers.length === 0) {
    await notifyAdmins(ctx, {
      title: '有差评没人整改',
      lines: [`${record.caseNumber} 的群众不满意，但登记单位和上级都没有管理员。`, '请指定一位管理员填写整改情况。'],
    });
  }
  return targetsOfPeople(await presentFor(ctx, managers));
}
