/** Cards that are sent to somebody's private chat to try the platform, past the outbox: what comes back is noted by the running bot. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Card } from '../../cards/card.ts';
import type { Database } from '../../db/database.ts';
import { agentReads } from '../../db/repositories/agent.ts';
import type { LiveConfig } from '../config.ts';
import { createLark } from '../lark/client.ts';
import { credentialProblem } from '../lark/credentials.ts';
import { NO_SCOPE } from '../lark/errors.ts';
import { originOf } from '../lark/http.ts';
import { LarkError, type LarkPort } from '../lark/port.ts';
import { createLog } from '../log.ts';
import { type TrialPress, trialPress } from '../services/trial/press.ts';
import type { Vault } from '../vault.ts';
import { type CliIo, CliProblem } from './command.ts';

const LOOK_EVERY_MS = 1_000;
/** Whoever waits at a terminal wants to see that something goes on. */
const SAY_EVERY_MS = 15_000;

/** The receiver is outside of the app's 可用范围, or has left. https://open.feishu.cn/document/server-docs/im-v1/message/create */
const OUT_OF_RANGE = 230013;

export function trialToken(): string {
  return `t${randomBytes(6).toString('hex')}`;
}

export interface Receiver {
  readonly openId: string;
  readonly name: string;
}

/**
 * Who gets the cards: the named person, or the first administrator.
 * @throws CliProblem for something that is no open_id, and where there is no administrator.
 */
export async function receiverOf(
  db: Database,
  { config, to }: { config: LiveConfig; to: string | undefined },
): Promise<Receiver> {
  if (to !== undefined) {
    if (!/^ou_[\w-]+$/.test(to)) throw new CliProblem('--to 应为一个人的 open_id，ou_ 开头。');
    const known = await db.read((tx) => agentReads.byOpenId(tx, to));
    return { openId: to, name: known?.name ?? to };
  }
  const [admin] = await db.read((tx) => agentReads.activeAdmins(tx));
  const openId = admin?.openId ?? config.adminOpenIds[0];
  if (openId === undefined) throw new CliProblem('还没有系统管理员，不知道发给谁。请先 /初始化，或加 --to ou_…。');
  return { openId, name: admin?.name ?? openId };
}

/** The platform's edge, silent: what fails is told by whoever asked. */
export function trialPort(config: LiveConfig, clock: { now(): number }): LarkPort {
  const { appId, appSecret, domain } = config;
  return createLark({ appId, appSecret, domain, log: createLog('silent'), clock }).port;
}

/** Sends one card. @throws CliProblem with what to do about a refusal. */
export async function sendTrial(
  port: LarkPort,
  { config, target, card }: { config: LiveConfig; target: string; card: Card },
): Promise<string> {
  try {
    return (await port.post({ target, card, uuid: randomUUID() })).messageId;
  } catch (error) {
    if (error instanceof LarkError) throw new CliProblem(refusalWords(error, config), { cause: error });
    throw error;
  }
}

/** Why the platform did not take what was sent, and what to do. */
export function refusalWords(error: LarkError, config: LiveConfig): string {
  const { code, message } = error;
  const credentials = credentialProblem(code);
  if (credentials !== undefined) return credentials;
  if (code === OUT_OF_RANGE) {
    return '收不到：这个人不在应用的可用范围里（230013）。请在“版本管理与发布”把可用范围选全，创建版本并发布。';
  }
  if (code === NO_SCOPE)
    return '没有发消息的权限（99991672）。请在“权限管理”开通 im:message:send_as_bot，创建版本并发布。';
  if (code === undefined) return `没有连上 ${originOf(config.domain)}（${message}）。请检查网络、代理和 LARK_DOMAIN。`;
  return `平台没有收下：${message}`;
}

/** Waits until the press of a trial has arrived, at most so long; undefined when it has not. `say`: hears how long there is left. */
export async function awaitPress(
  io: Pick<CliIo, 'clock' | 'wait'>,
  wanted: { db: Database; vault: Vault; token: string; withinMs: number; say?: (leftMs: number) => void },
): Promise<TrialPress | undefined> {
  const { db, vault, token, withinMs, say } = wanted;
  const began = io.clock.now();
  let said = 0;
  for (;;) {
    const found = await db.read((tx) => trialPress({ tx, vault }, token));
    const waited = io.clock.now() - began;
    // A clock that is set back ends the waiting as well: it would go on for nobody knows how long.
    if (found !== undefined || waited >= withinMs || waited < 0) return found;
    if (waited - said >= SAY_EVERY_MS) {
      said = waited;
      say?.(withinMs - waited);
    }
    await io.wait(Math.min(LOOK_EVERY_MS, withinMs - waited));
  }
}
