/** Tells a story step by step: who does what, what they are told, and what every group sees that has changed. */
import { DateTime } from 'luxon';
import type { GroupKey, PersonKey } from '../cast.ts';
import type { FormInput } from '../form-fields.ts';
import type { Stage } from '../stage.ts';

export interface Narrator {
  readonly stage: Stage;
  chapter(title: string): void;
  /** Types a line into a group, or into the private chat with the bot. */
  says(who: PersonKey, words: { where?: GroupKey; text: string }): Promise<void>;
  /** Presses a button in a group, or in the private chat. Throws when the bot refuses: the story must go on as written. */
  clicks(who: PersonKey, press: { where?: GroupKey; label: string; form?: FormInput }): Promise<void>;
  /** Moves the clock to a local time such as 2026-12-15T09:00 and lets the jobs run. */
  moveTo(local: string): Promise<void>;
}

/** So long people look before the next one acts: what makes no sound may come later, together with what follows. */
const LOOK_MS = 5_000;

export function createNarrator(options: { stage: Stage; zone: string; print: (line: string) => void }): Narrator {
  const { stage, zone, print } = options;
  const seen = new Map<string, string>();
  const chats = () => [...stage.sandbox.world.chats.values()];

  function time(): string {
    return DateTime.fromMillis(stage.clock.now(), { zone }).toFormat('yyyy-MM-dd HH:mm');
  }

  /** Every message that is new or has changed since the last look. */
  async function showChanges(): Promise<void> {
    await stage.settle(LOOK_MS);
    for (const chat of chats()) {
      const reader = chat.members[0];
      if (reader === undefined) continue;
      const messages = stage.sandbox.world.messagesOf(chat.chatId);
      const texts = stage.sandbox.person(reader).sees(chat);
      for (const [index, message] of messages.entries()) {
        const text = texts[index] ?? '';
        if (message.senderOpenId !== undefined || seen.get(message.messageId) === text) continue;
        const place = chat.mode === 'group' ? `群 ${chat.name}` : `${stage.sandbox.person(reader).name}的私信`;
        print(`  ┌ ${place}${seen.has(message.messageId) ? '（卡片更新）' : ''}`);
        for (const line of shortened(text.split('\n'), seen.has(message.messageId))) print(`  │ ${line}`);
        seen.set(message.messageId, text);
      }
    }
  }

  function chatOf(who: PersonKey, where: GroupKey | undefined) {
    return where === undefined ? stage.people[who].privateChat : stage.groups[where];
  }

  return {
    stage,
    chapter(title) {
      print(`\n━━━ ${title} ━━━`);
    },
    async says(who, { where, text }) {
      const person = stage.people[who];
      print(`\n${time()} ${person.name}${where ? `在“${stage.groups[where].name}”` : '私信'}说：${text}`);
      await person.says(chatOf(who, where), text);
      await showChanges();
    },
    async clicks(who, { where, label, form = {} }) {
      const person = stage.people[who];
      const filled = Object.entries(form).map(([name, value]) => `${name}=${String(value)}`);
      print(`\n${time()} ${person.name}按下［${label}］${filled.join('，')}`);
      const result = await person.clicks(chatOf(who, where), label, form);
      if (result.error) throw new Error(`按钮 ${label}：${result.error.reason}`);
      print(`  提示：${result.toast?.content ?? ''}`);
      if (result.toast?.type !== 'success') throw new Error(`按钮 ${label} 被拒绝`);
      await showChanges();
    },
    async moveTo(local) {
      await stage.moveTo(DateTime.fromISO(local, { zone }).toMillis());
      print(`\n⏰ 时间来到 ${time()}`);
      await showChanges();
    },
  };
}

/** A rule in a card parts what is to be done from the case's particulars; those are told only once. */
function shortened(lines: readonly string[], known: boolean): readonly string[] {
  const rule = lines.findIndex((line) => line.startsWith('────'));
  return known && rule >= 0 ? lines.slice(0, rule) : lines;
}
