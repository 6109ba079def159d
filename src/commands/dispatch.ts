import { unknownCard } from '../../cards/help.ts';
import { audienceWords } from '../../cards/words.ts';
import { personOf } from '../ctx.ts';
import { belongsTo } from '../domain/agent.ts';
import { namesAnItem } from '../domain/catalogue.ts';
import { type CommandLine, parseCommandLine } from '../domain/command-line.ts';
import { highestRole } from '../domain/permission.ts';
import { withoutAsking } from '../domain/plain-words.ts';
import { quote } from '../domain/quote.ts';
import { isLongerThan, isTooMuch, LINE_MAX } from '../domain/typed.ts';
import { Refused } from '../refusals.ts';
import { searchableCatalogue } from '../services/item/catalogue.ts';
import type { OutboxContent } from '../services/message/content.ts';
import { type Command, type CommandCtx, fixed } from './command.ts';
import { greeting } from './help.ts';
import { commands } from './index.ts';
import { items } from './items.ts';
import { offerToJoin } from './join.ts';
import { answerPerson, answerPlainWords } from './plain.ts';
import { register } from './register.ts';

/**
 * Runs one typed line and returns the answer for its chat; an unknown word gets a suggestion, never silence. Nothing of a line that
 * is too long is looked at.
 */
export async function runLine(ctx: CommandCtx, text: string): Promise<OutboxContent | undefined> {
  if (isTooMuch(text)) throw tooLong();
  const typed = parseCommandLine(text, commands);
  // 登记错了: what was registered, and nobody's name.
  const line = isComplaint(typed) ? { kind: 'unknown' as const, typed: `${typed.name}${typed.args}`, rest: '' } : typed;
  if (line.kind === 'empty') return greeting(ctx, commands);
  const command = line.kind === 'command' ? commands.find(({ name }) => name === line.name) : undefined;
  if (!command?.takesLines && isLongerThan(text, LINE_MAX)) throw tooLong();
  if (line.kind === 'command' && command) return runCommand(ctx, { command, args: line.args });
  const unknown = line.kind === 'unknown' ? line : { typed: line.name, rest: ` ${line.args}` };
  const answer = await answerPlainWords(ctx, unknown.typed + unknown.rest, runNamed);
  if (answer !== 'unknown') return answer;
  const asked = parseCommandLine(withoutAsking(text), commands);
  return asked.kind === 'command'
    ? runNamed(ctx, asked)
    : answerUnknown(ctx, { ...unknown, slashed: SLASH.test(text) });
}

const SLASH = /^\s*[/／]/u;

/** 登记错了怎么改; not 登记 错姆 138…. */
const COMPLAINT = /^[写填登打输]?错(?:了|啦|误|的)?(?:[，,\s]*(?:怎么|如何|咋).*)?$/u;

function isComplaint(line: CommandLine): line is CommandLine & { kind: 'command' } {
  return line.kind === 'command' && line.name === register.name && COMPLAINT.test(line.args);
}

function tooLong(): Refused {
  return new Refused('line_too_long', { max: String(LINE_MAX) });
}

/** What was probably meant, with the words behind it kept. In a group they may stand in no button, so a registration opens at once. */
async function answerUnknown(
  ctx: CommandCtx,
  line: { typed: string; rest: string; slashed: boolean },
): Promise<OutboxContent | undefined> {
  const { typed, slashed } = line;
  const rest = line.rest.trim();
  // Loaded at the first slip: the dictionary of pinyin would make every start slower.
  const { suggest } = await import('../domain/suggestion.ts');
  const item = await itemQuestion(ctx, typed);
  const suggestion = item ?? suggest(typed, offeredNames(ctx)) ?? null;
  const inGroup = ctx.chat.type === 'group';
  // 张三要登记低保: what counts stands in the first word, too.
  const within = suggestion === register.name && typed.indexOf(suggestion) > 0;
  if (inGroup && rest !== '' && suggestion === register.name && !within) {
    return runCommand(ctx, { command: register, args: rest });
  }
  const kept = within ? `${typed.replace(/[要想来]?登记/u, ' ')} ${rest}`.trim() : rest;
  const isSlip = suggestion !== null && item === undefined && (slashed || suggestion === register.name);
  if (within || !isSlip) {
    const person = await answerPerson(ctx, within ? kept : typed + line.rest, runNamed);
    if (person !== 'unknown') return person;
  }
  const words = inGroup || item !== undefined ? '' : kept;
  return fixed(unknownCard({ typed: quote(typed, ctx.chat.type), suggestion, words }));
}

function runNamed(ctx: CommandCtx, line: { name: string; args: string }): Promise<OutboxContent | undefined> {
  const command = commands.find(({ name }) => name === line.name);
  if (!command) throw new Error(`no command ${line.name}`);
  return runCommand(ctx, { command, args: line.args });
}

async function runCommand(
  ctx: CommandCtx,
  line: { command: Command; args: string },
): Promise<OutboxContent | undefined> {
  const { audience, name } = line.command;
  if (!belongsTo(audience, roleOf(ctx))) {
    if (ctx.actor.kind === 'stranger') return offerToJoin(ctx);
    if (audience === 'admin') throw new Refused('for_admins_only', { command: `/${name}` });
    throw new Refused('not_for_your_role', { command: `/${name}`, audience: audienceWords[audience] });
  }
  return line.command.run(ctx, line.args);
}

/** Whoever types 低保 as if it were a command wants to know about it, or to register one: the item's card has the button. */
async function itemQuestion(ctx: CommandCtx, typed: string): Promise<string | undefined> {
  return namesAnItem(await searchableCatalogue(ctx), typed) ? `${items.name} ${typed}` : undefined;
}

function offeredNames(ctx: CommandCtx): string[] {
  return commands
    .filter((command) => !command.hidden && belongsTo(command.audience, roleOf(ctx)))
    .map((command) => command.name);
}

function roleOf(ctx: CommandCtx) {
  return ctx.actor.kind === 'agent' ? highestRole(personOf(ctx.actor)) : undefined;
}
