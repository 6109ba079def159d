/** What `doctor` asks the platform, and what came from it. */
import type { Tx } from '../../db/database.ts';
import { inboxReads } from '../../db/repositories/inbox.ts';
import type { LiveConfig } from '../config.ts';
import { callbackPath, consoleSetup, eventPath, optionalScopes, scopes } from '../lark/console-setup.ts';
import { createAxios, originOf } from '../lark/http.ts';
import { lookAtApp } from './app-check.ts';
import { CliProblem } from './command.ts';
import { agoWords, type Finding } from './finding.ts';

/** A webhook's signature counts for so long, and words such as 今天 should mean the platform's day. */
const SKEW_MAX_MS = 60_000;
/** A weekend and a day: longer than that no office is quiet. */
const QUIET_MS = 3 * 86_400_000;

/** Credentials, bot, scopes and clock, by four calls; and what no call can find out. */
export async function platformFindings(config: LiveConfig, clock: { now(): number }): Promise<Finding[]> {
  const setup = setupReminder(config);
  try {
    const { origin, botName, isEnabled, missingScopes, missingOptional } = await lookAtApp(config);
    return [
      { level: 'ok', text: `凭证：${config.appId} 可用（${origin}）` },
      isEnabled
        ? { level: 'ok', text: `机器人：${botName}` }
        : { level: 'fault', text: `机器人：${botName} 还没有启用，请在飞书管理后台启用它。` },
      ...scopeFindings(missingScopes),
      ...optionalFindings(missingOptional),
      ...(await clockFindings(origin, clock)),
      setup,
    ];
  } catch (error) {
    if (error instanceof CliProblem) return [{ level: 'fault', text: `凭证：${error.message}` }, setup];
    throw error;
  }
}

function scopeFindings(missing: readonly string[] | undefined): Finding[] {
  if (missing === undefined) return [];
  if (missing.length === 0) return [{ level: 'ok', text: '权限：要用的都有了' }];
  const advice = '请在开放平台“权限管理”开通，创建版本并发布，审核通过后再看。';
  return [{ level: 'fault', text: `权限：还缺 ${named(missing)}。${advice}` }];
}

/** Without these it works. */
function optionalFindings(missing: readonly string[] | undefined): Finding[] {
  if (missing === undefined || missing.length === 0) return [];
  return [{ level: 'ok', text: `可选权限：没有 ${named(missing)}；不影响登记和办理，要用再开通` }];
}

/** Each with what it is for. */
function named(missing: readonly string[]): string {
  const known = [...scopes, ...optionalScopes];
  return missing.map((name) => `${name}（${known.find((one) => one.name === name)?.what ?? ''}）`).join('、');
}

/** This machine's clock beside the `Date` of an answer. */
async function clockFindings(origin: string, clock: { now(): number }): Promise<Finding[]> {
  let date: unknown;
  try {
    date = (await createAxios(origin).head(`${origin}/`, { validateStatus: () => true })).headers['date'];
  } catch {
    return [];
  }
  const theirs = Date.parse(String(date));
  if (Number.isNaN(theirs)) return [];
  const skew = clock.now() - theirs;
  const seconds = Math.round(Math.abs(skew) / 1000);
  if (Math.abs(skew) <= SKEW_MAX_MS) return [{ level: 'ok', text: `时钟：和平台相差 ${seconds} 秒以内` }];
  const text = `时钟：比平台${skew > 0 ? '快' : '慢'} ${seconds} 秒。请打开本机的时间同步（timedatectl set-ntp true）。`;
  return [{ level: 'fault', text }];
}

/** What no call can find out without permissions of its own. */
function setupReminder(config: LiveConfig): Finding {
  const receiving = config.transport.kind === 'websocket' ? '使用长连接接收' : '填 公网地址/lark/events';
  const lines = consoleSetup(receiving).map((line) => `\n    ${line}`);
  return { level: 'ok', text: `平台：请在开放平台后台核对这几项${lines.join('')}` };
}

/** Events and callbacks are set up on two pages of the console: one may arrive without the other. */
export async function arrivalFindings(
  tx: Tx,
  { config, now }: { config: LiveConfig; now: number },
): Promise<Finding[]> {
  const { appId, domain, transport } = config;
  const at = { origin: originOf(domain), appId, byWebhook: transport.kind === 'webhook' };
  const arrivals = [
    {
      topic: '收消息',
      lastAt: await inboxReads.lastOfKind(tx, 'message'),
      advice: `请私信机器人“帮助”；没有回音：${eventPath(at)}。`,
    },
    {
      topic: '收按钮',
      lastAt: await inboxReads.lastOfKind(tx, 'action'),
      advice: `请运行 doctor --self-test 试一下；点了显示 200340：${callbackPath(at)}。`,
    },
  ];
  return arrivals.map(({ topic, lastAt, advice }) => {
    if (lastAt === undefined) return { level: 'note', text: `${topic}：还没有收到过。${advice}` };
    const text = `${topic}：最近一次在${agoWords(now - lastAt)}`;
    return now - lastAt <= QUIET_MS ? { level: 'ok', text } : { level: 'note', text: `${text}。${advice}` };
  });
}
