import type { Ctx } from '../../ctx.ts';
import { outboxContentSchema } from './content.ts';
import { notify, notifyAdmins } from './notify.ts';

const undeliveredSheet = {
  tone: 'error',
  title: 'Excel 文件没有发出',
  lines: ['文件没有发成，请过一会儿再要一次；还不行，请联系系统管理员。'],
} as const;

/**
 * Shows a message that nobody received to the administrators, unless it was to a person: it may be one of them, and that would go
 * round in circles. Whoever asked for a file is waiting for it, and told in any case.
 */
export async function reportUndelivered(
  ctx: Ctx,
  message: { readonly target: string; readonly content: unknown; readonly error: string },
): Promise<void> {
  const { target, content, error } = message;
  if (outboxContentSchema.safeParse(content).data?.kind === 'sheet') {
    await notify(ctx, { target, notice: undeliveredSheet });
  }
  if (target.startsWith('ou_')) return;
  await notifyAdmins(ctx, {
    title: '有消息没有送到',
    lines: [`群 ${target} 的一条消息没有送到：${error}`, '请确认机器人还在群里；消息已留存，可用 doctor 命令查看。'],
  });
}
