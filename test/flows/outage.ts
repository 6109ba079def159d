/** What the stories of a connection that is gone share. */
import { expect } from 'vitest';
import type { PersonKey } from '../../sandbox/cast.ts';
import type { MessageRecord } from '../../sandbox/world.ts';
import type { CatchUp } from '../../src/catch-up.ts';
import type { Service } from '../../src/serve.ts';
import { eventually } from '../support/eventually.ts';
import type { TestStage } from '../support/stage.ts';

export const MINUTE_MS = 60_000;

export function catchUpOf({ app }: Service): CatchUp {
  if (!app.catchUp) throw new Error('the platform is not known');
  return app.catchUp;
}

/** One look of the catch-up, and all that comes of it. */
export async function looks(stage: TestStage): Promise<void> {
  await catchUpOf(stage.service).look();
  await stage.settle();
}

/** The bot's words in a private chat, since a message. */
export function answers(stage: TestStage, { who, message }: { who: PersonKey; message: MessageRecord }): string[] {
  const all = stage.sandbox.world.messagesOf(message.chatId);
  const own = all.slice(all.findIndex(({ messageId }) => messageId === message.messageId));
  const seen = stage.people[who].sees();
  return seen.slice(seen.length - own.length).filter((line) => line.startsWith('代办：'));
}

/** The platform takes what is written meanwhile, but none of it comes, and no repeat either before the clock moves. */
export async function cut(
  stage: TestStage,
  { minutes, meanwhile }: { minutes: number; meanwhile: () => Promise<void> },
): Promise<void> {
  const { sandbox, clock, service } = stage;
  sandbox.faults.playDead();
  sandbox.faults.dropWebsockets();
  await eventually(() => expect(service.app.flow.upSince()).toBeUndefined());
  await meanwhile();
  clock.moveTo(clock.now() + minutes * MINUTE_MS);
  sandbox.faults.playDead(false);
  sandbox.faults.dropWebsockets();
  await sandbox.connected();
  await eventually(() => expect(service.app.flow.upSince()).toBeDefined());
}
