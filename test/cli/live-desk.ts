/** A desk whose bot is connected to a look-alike of the platform, and a command line beside it. */
import { pino } from 'pino';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/index.ts';
import type { Person } from '../../sandbox/person.ts';
import type { CliIo } from '../../src/cli/command.ts';
import { readConfig } from '../../src/config.ts';
import { serve } from '../../src/serve.ts';
import { ZONE } from '../support/office.ts';
import { type Desk, KEY, openDesk, type Ran, run } from './support.ts';

export interface LiveDesk {
  readonly desk: Desk;
  readonly sandbox: Sandbox;
  readonly admin: Person;
  /** Runs a command line; each `wait` of it lets `meanwhile` happen, and moves the clock. */
  daiban(
    line: string,
    how?: Partial<Pick<CliIo, 'canAsk' | 'ask' | 'newestVersion'>> & {
      meanwhile?: () => Promise<void>;
      environment?: Record<string, string>;
      onPrint?: (text: string) => void;
    },
  ): Promise<Ran>;
  close(): Promise<void>;
}

/** `botRuns`: false where only the command line is there. */
export async function openLiveDesk(
  options: { botRuns?: boolean; sandbox?: Partial<SandboxOptions> } = {},
): Promise<LiveDesk> {
  const desk = await openDesk();
  const { clock, db, vault } = desk;
  const sandbox = await startSandbox({ clock, botName: '代办小助手', limits: false, ...options.sandbox });
  const admin = sandbox.addPerson({ name: '高娃', openId: 'ou_admin' });
  const { appId, appSecret, url: domain } = sandbox;
  const connection = {
    appId,
    appSecret,
    domain,
    transport: { kind: 'websocket' },
    host: '127.0.0.1',
    port: 0,
  } as const;
  const parts = { db, vault, clock, zone: ZONE, log: pino({ level: 'silent' }) };
  const service = options.botRuns === false ? undefined : await serve({ ...parts, connection, autostart: false });
  if (service) await sandbox.connected();
  return {
    ...{ desk, sandbox, admin },
    daiban(line, { meanwhile, environment, ...how } = {}) {
      const whole = {
        ...{ LARK_APP_ID: appId, LARK_APP_SECRET: appSecret, LARK_DOMAIN: domain },
        ...{ DATABASE_URL: `file:${desk.file}`, DATA_KEY: KEY.toString('base64'), ...environment },
      };
      return run(line, {
        ...how,
        clock,
        readConfig: () => readConfig(whole),
        async wait(ms) {
          await meanwhile?.();
          clock.advance(ms);
        },
      });
    },
    async close() {
      await service?.stop();
      await sandbox.close();
      await desk.close();
    },
  };
}
