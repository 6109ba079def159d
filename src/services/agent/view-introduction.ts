import type { IntroductionView } from '../../../cards/agent.ts';
import type { Reading } from '../../ctx.ts';
import { unitChoices } from '../unit/choices.ts';

/** What a new administrator does next. */
export const firstSteps = [
  '接下来：把我拉进各单位的群，在群里发 /绑定 单位名称。',
  '同事私信我就会收到登记卡，由您审批。',
] as const;

/** The form in which an administrator leaves the own name and unit. */
export async function viewIntroduction(
  ctx: Reading,
  typed: Pick<IntroductionView, 'values' | 'errors'>,
): Promise<IntroductionView> {
  return {
    ...typed,
    title: '您是系统管理员',
    lines: ['请留下姓名和单位，同事好知道找谁。'],
    units: await unitChoices(ctx),
  };
}
