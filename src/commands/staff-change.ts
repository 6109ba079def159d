/** 停用, 调动, 角色: what each asks, and the way they share to the card that asks for confirmation. */
import { namesakesCard, staffChangeCard } from '../../cards/staff-change.ts';
import { roleWords } from '../../cards/words.ts';
import { agentRoles } from '../domain/agent.ts';
import type { StaffChange } from '../domain/staff.ts';
import { Refused } from '../refusals.ts';
import { colleaguesNamed } from '../services/agent/seek-colleague.ts';
import { viewChange } from '../services/agent/view-change.ts';
import type { OutboxContent } from '../services/message/content.ts';
import { seekUnit } from '../services/unit/seek.ts';
import { answerPrivately, type Command, type CommandCtx, fixed } from './command.ts';
import { wordsIn } from './words.ts';

export const deactivate: Command = {
  name: '停用',
  aliases: ['deactivate'],
  audience: 'manager',
  usage: '/停用 姓名',
  summary: '同事离开了：不再收到代办件',
  example: '/停用 王芳',
  async run(ctx, args) {
    if (args === '') throw new Refused('staff_needs_words', { example: '/停用 王芳' });
    return ask(ctx, { name: args, change: { kind: 'deactivate' } });
  },
};

export const move: Command = {
  name: '调动',
  aliases: ['move'],
  audience: 'manager',
  usage: '/调动 姓名 单位',
  summary: '同事换单位：原来的件由原单位接着办',
  example: '/调动 王芳 大雁镇',
  async run(ctx, args) {
    const { name, last } = nameAndLast(args);
    if (name === '') throw new Refused('staff_needs_words', { example: '/调动 王芳 大雁镇' });
    const unit = await seekUnit(ctx, last);
    return ask(ctx, { name, change: { kind: 'move', unitId: unit.id } });
  },
};

export const changeRole: Command = {
  name: '角色',
  aliases: ['role'],
  audience: 'manager',
  usage: '/角色 姓名 身份',
  summary: '改同事的身份：代办员、管理员',
  example: '/角色 王芳 管理员',
  async run(ctx, args) {
    const { name, last } = nameAndLast(args);
    if (name === '') throw new Refused('staff_needs_words', { example: '/角色 王芳 管理员' });
    const role = agentRoles.find((one) => roleWords[one] === last || one === last.toLowerCase());
    if (role === undefined) throw new Refused('role_unknown');
    return ask(ctx, { name, change: { kind: 'role', role } });
  },
};

/** The last word, and all before it: names may have blanks in them. */
function nameAndLast(args: string): { name: string; last: string } {
  const words = wordsIn(args);
  return { name: words.slice(0, -1).join(' '), last: words.at(-1) ?? '' };
}

async function ask(ctx: CommandCtx, asked: { name: string; change: StaffChange }): Promise<OutboxContent> {
  const { name, change } = asked;
  const [only, ...others] = await colleaguesNamed(ctx, name);
  if (!only) throw new Refused('staff_unknown');
  const people = [only, ...others].map(({ agent, unit }) => ({
    agentId: agent.id,
    name: agent.name,
    unit: unit.name,
    role: agent.role,
    since: agent.appliedAt,
  }));
  const card =
    others.length === 0
      ? staffChangeCard(await viewChange(ctx, { agentId: only.agent.id, change }))
      : namesakesCard({ change, people, zone: ctx.zone });
  return answerPrivately(ctx, { content: fixed(card), why: '人员调整只在私信里办。' });
}
