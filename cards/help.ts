/** What the bot can do: the full list, the greeting, and the answer to a line it does not understand. */
import type { AgentRole, Audience } from '../src/domain/agent.ts';
import type { Quote } from '../src/domain/quote.ts';
import { type ActionValue, COMMAND_LINE_MAX, encodeAction } from './action-values.ts';
import { agentGuide, GUIDE_TITLE } from './agent-guide.ts';
import type { Card, CardElement } from './card.ts';
import { figureMeanings } from './figures.ts';
import {
  bold,
  button,
  buttonColumn,
  card,
  columns,
  cut,
  escapeMarkdown,
  fit,
  hr,
  markdown,
  notation,
  paragraph,
  rowsOf,
} from './kit.ts';
import { roleWords } from './words.ts';

/** Of everybody's commands, with an example each, and of each further group. */
const OWN_MAX = 12;
const GROUP_MAX = { manager: 12, admin: 5 };
const GROUP_BUTTONS_MAX = 5;
const BUTTONS_PER_ROW = 4;
const NAME_UNITS_MAX = 8;
const USAGE_MAX = 40;
const SUMMARY_MAX = 60;
const EXAMPLE_MAX = 40;
const GREETING_COMMANDS = 4;

export interface CommandHelp {
  /** Chinese name, with or without the slash. */
  readonly name: string;
  /** As typed, optional words in brackets: `/登记 [一句话]`. */
  readonly usage: string;
  readonly summary: string;
  readonly example: string | null;
  readonly audience: Audience;
}

export interface HelpView {
  readonly name: string | null;
  /** null: not staff yet. */
  readonly role: AgentRole | null;
  /** Only what this person may use. */
  readonly commands: readonly CommandHelp[];
  /** Whom to ask when this does not help. */
  readonly contact: string | null;
}

/**
 * The answer to /帮助: every command; those that need no further word have a button. What everybody does comes first, with examples; what
 * managers and administrators do is listed below, more closely.
 */
export function helpCard(view: HelpView): Card {
  const role = view.role === null ? '还不是代办员' : roleWords[view.role];
  return card({
    title: '我能做什么',
    subtitle: view.name === null ? role : `${cut(view.name, 20)}，${role}`,
    color: 'blue',
    summary: '代办机器人能做什么',
    elements: [
      paragraph('点按钮，或直接打字。群里先 @我，斜杠可以不打。'),
      ...joinButton(view),
      ...guideButton(view),
      ...view.commands.filter(isOwn).slice(0, OWN_MAX).map(commandRow),
      ...commandGroup('管理员', ofAudience(view, 'manager')),
      ...commandGroup('系统管理员', ofAudience(view, 'admin')),
      ...contactLine(view),
    ],
  });
}

/** The first words in a private chat or a group. */
export function greetingCard(view: HelpView): Card {
  const first = view.commands.filter(needsNoWords).slice(0, GREETING_COMMANDS);
  return card({
    title: view.name === null ? '您好，我是代办机器人' : `${cut(view.name, 20)}，您好`,
    color: 'blue',
    summary: '您好，我是代办机器人',
    elements: [
      paragraph('帮群众登记、转送、催办、回访，记好每一步。'),
      ...joinButton(view),
      ...first.map((command) => runButton(bare(command), `/${bare(command)}`)),
      notation('想看全部功能，发：帮助'),
      ...contactLine(view),
    ],
  });
}

/** The answer to a line that is no command. `typed`: its first word; `words`: what the suggestion takes over of the rest. */
export function unknownCard(view: {
  readonly typed: Quote | null;
  readonly suggestion: string | null;
  readonly words: string;
}): Card {
  const suggestion = view.suggestion === null ? null : `/${view.suggestion.replace(/^[/／]/, '')}`;
  return card({
    title: '没看懂',
    color: 'orange',
    summary: '没看懂，看看能做什么',
    elements: [
      paragraph(`没看懂${view.typed ?? '这句话'}。`),
      ...(suggestion === null
        ? []
        : [
            paragraph(`您是不是想说 ${cut(suggestion, 20)}？${view.words === '' ? '' : '后面的话不用重打。'}`),
            runButton(suggestion, `${suggestion} ${view.words}`.trim()),
          ]),
      runButton('看看能做什么', '/帮助'),
    ],
  });
}

/** 代办员一页纸, as it is printed. */
export function guideCard({ contact }: Pick<HelpView, 'contact'>): Card {
  return card({
    title: GUIDE_TITLE,
    color: 'blue',
    summary: GUIDE_TITLE,
    elements: [
      ...agentGuide.flatMap(({ title, lines }) => [bold(title), ...lines.map((line) => paragraph(line))]),
      ...contactLine({ contact }),
    ],
  });
}

/** What each figure of the statistics means. */
export function figuresHelpCard(): Card {
  return card({
    title: '统计的数字怎么算',
    color: 'blue',
    summary: '统计的数字怎么算',
    elements: figureMeanings().map(({ label, meaning }) => markdown(`**${safe(label, 20)}**`, safe(meaning, 80))),
  });
}

/** A stranger has nothing to register yet. */
function guideButton({ role }: HelpView): CardElement[] {
  return role === null ? [] : [runButton(GUIDE_TITLE, '/帮助 一页纸')];
}

function joinButton({ name }: HelpView): CardElement[] {
  return name === null ? [runButton('申请成为代办员', '加入')] : [];
}

function contactLine(view: Pick<HelpView, 'contact'>): CardElement[] {
  return view.contact === null ? [] : [hr(), notation(view.contact)];
}

function commandRow(command: CommandHelp): CardElement {
  const example =
    command.example === null ? [] : [`<font color='grey'>例：${safe(command.example, EXAMPLE_MAX)}</font>`];
  const text = markdown(`**${safe(command.usage, USAGE_MAX)}**`, safe(command.summary, SUMMARY_MAX), ...example);
  if (!needsNoWords(command)) return text;
  const name = fit(bare(command), NAME_UNITS_MAX);
  return columns([{ weight: 4, elements: [text] }, buttonColumn(name, runValue(`/${name}`))]);
}

function isOwn({ audience }: CommandHelp): boolean {
  return audience === 'all' || audience === 'agent';
}

function ofAudience({ commands }: HelpView, wanted: 'manager' | 'admin'): readonly CommandHelp[] {
  return commands.filter(({ audience }) => audience === wanted).slice(0, GROUP_MAX[wanted]);
}

/** A line each, then the buttons of those that can be sent as they are. */
function commandGroup(title: string, commands: readonly CommandHelp[]): CardElement[] {
  if (commands.length === 0) return [];
  const lines = commands.map(({ usage, summary }) => `**${safe(usage, USAGE_MAX)}** ${safe(summary, SUMMARY_MAX)}`);
  const buttons = commands
    .filter(needsNoWords)
    .slice(0, GROUP_BUTTONS_MAX)
    .map((command) => {
      const name = fit(bare(command), NAME_UNITS_MAX);
      return [button({ label: name, value: runValue(`/${name}`), size: 'medium' })];
    });
  return [hr(), bold(title), markdown(...lines), ...rowsOf(buttons, BUTTONS_PER_ROW)];
}

function safe(text: string, max: number): string {
  return escapeMarkdown(cut(text, max));
}

function bare(command: CommandHelp): string {
  return command.name.replace(/^[/／]/, '');
}

/** `/待办` and `/登记 [一句话]` can be sent as they are, `/查 编号` cannot. */
function needsNoWords(command: CommandHelp): boolean {
  const [, ...words] = command.usage
    .replaceAll(/\[[^\]]*\]/g, '')
    .trim()
    .split(/\s+/);
  return words.length === 0;
}

function runButton(label: string, line: string): CardElement {
  return button({ label, value: runValue(line) });
}

function runValue(line: string): ActionValue {
  return encodeAction({ action: 'command.run', line: fit(line, COMMAND_LINE_MAX) });
}
