import { standInCard } from '../../cards/stand-in.ts';
import { agentReads } from '../../db/repositories/agent.ts';
import { unitReads } from '../../db/repositories/unit.ts';
import { requireStaff, type Staff, today } from '../ctx.ts';
import { nameKey } from '../domain/name.ts';
import { parseDaysAhead } from '../domain/stand-in-days.ts';
import { Refused } from '../refusals.ts';
import { colleaguesNear, viewStandIns } from '../services/stand-in/view.ts';
import { answerPrivately, type Command, type CommandCtx, fixed } from './command.ts';
import { wordsIn } from './words.ts';

/** `/代班 [请假的人] 代班的人 12月1日至12月5日`: opens the form with what was typed in it; nothing is named before its button is pressed. */
export const standIn: Command = {
  name: '代班',
  aliases: ['standin', '请假'],
  audience: 'agent',
  usage: '/代班 [代班的人 从哪天至哪天]',
  summary: '请假时请同事代班，看谁在代谁',
  example: '/代班 李强 12月1日至12月5日',
  async run(ctx, args) {
    const values = args === '' ? {} : await readWords(ctx, args);
    const card = standInCard(await viewStandIns(ctx, values));
    return answerPrivately(ctx, { content: fixed(card), why: '代班只在私信里定。' });
  },
};

const LENGTH = /^[\d一二两三四五六七八九十半]{1,3}个?(?:天|周|星期|礼拜|月)半?$/u;

/** The days are the words from the end that make a stretch; before them stand one name or two. */
async function readWords(ctx: CommandCtx, args: string) {
  const words = wordsIn(args);
  const place = words.findIndex((_, index) => parseDaysAhead(words.slice(index).join(''), today(ctx)) !== undefined);
  // 请假三天 says how long and not from when: that the form asks.
  const names = (place < 0 ? words : words.slice(0, place)).filter((word) => !LENGTH.test(word));
  const days = place < 0 ? undefined : parseDaysAhead(words.slice(place).join(''), today(ctx));
  if (names.length > 2 || (place < 0 && names.some((name) => /\d/.test(name)))) throw new Refused('stand_in_unread');
  const people = await Promise.all(names.map((name) => nearby(ctx, name)));
  const [standIn, absent] = people.reverse();
  return {
    ...(absent ? { absent: String(absent.agent.id) } : {}),
    ...(standIn ? { standIn: String(standIn.agent.id) } : {}),
    ...(days ? { fromDay: days.fromDay, toDay: days.toDay } : {}),
  };
}

/** Of several namesakes the nearest; whoever is meant is seen in the form. Refuses `stand_in_unknown`. */
async function nearby(ctx: CommandCtx, name: string): Promise<Staff> {
  const everybody = await agentReads.activeWithUnit(ctx.tx);
  const named = everybody.filter(({ agent }) => nameKey(agent.name) === nameKey(name));
  const near = colleaguesNear([requireStaff(ctx)], { everybody: named, units: await unitReads.all(ctx.tx) });
  const [found = named[0]] = near;
  if (!found) throw new Refused('stand_in_unknown');
  return found;
}
