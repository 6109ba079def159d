import { introductionCard } from '../../cards/agent.ts';
import { figuresHelpCard, greetingCard, guideCard, type HelpView, helpCard } from '../../cards/help.ts';
import { agentReads } from '../../db/repositories/agent.ts';
import { type Ctx, personOf } from '../ctx.ts';
import { belongsTo } from '../domain/agent.ts';
import { highestRole } from '../domain/permission.ts';
import { isNameless } from '../services/agent/setup.ts';
import { viewIntroduction } from '../services/agent/view-introduction.ts';
import type { OutboxContent } from '../services/message/content.ts';
import { type Command, type CommandCtx, fixed } from './command.ts';

/** @param all the table of commands, this one included. */
export function helpOn(all: () => readonly Command[]): Command {
  return {
    name: '帮助',
    aliases: ['help', '?', '？'],
    takesWords: false,
    audience: 'all',
    usage: '/帮助',
    summary: '看看我能做什么',
    example: null,
    async run(ctx, args) {
      if (/一页纸|怎么用|guide/i.test(args)) return fixed(guideCard(await helpView(ctx, all())));
      if (/统计|数字|stats/i.test(args)) return fixed(figuresHelpCard());
      return fixed(helpCard(await helpView(ctx, all())));
    },
  };
}

/** Said when somebody opens the private chat. An administrator whom nobody has named yet is asked for the name first. */
export async function greeting(ctx: CommandCtx, commands: readonly Command[]): Promise<OutboxContent> {
  if (ctx.chat.type === 'p2p' && ctx.actor.kind === 'agent' && isNameless(ctx.actor.agent)) {
    return fixed(introductionCard(await viewIntroduction(ctx, { values: {}, errors: {} })));
  }
  return fixed(greetingCard(await helpView(ctx, commands)));
}

/** Only what this person may use. */
async function helpView(ctx: Ctx, commands: readonly Command[]): Promise<HelpView> {
  const staff = ctx.actor.kind === 'agent' ? ctx.actor.agent : undefined;
  const role = ctx.actor.kind === 'agent' ? highestRole(personOf(ctx.actor)) : undefined;
  const [admin] = await agentReads.activeAdmins(ctx.tx);
  return {
    name: staff?.name ?? null,
    role: staff?.role ?? null,
    commands: commands.filter((command) => !command.hidden && belongsTo(command.audience, role)),
    // Who administers is not for everybody in the organisation to hear.
    contact: staff && admin ? `有问题请联系${admin.name}` : null,
  };
}
