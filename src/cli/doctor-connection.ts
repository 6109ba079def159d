/** What `doctor` says of the way by which events come: whether a connection can be had, when something came, and what was missing. */
import * as z from 'zod';
import type { Tx } from '../../db/database.ts';
import { inboxReads } from '../../db/repositories/inbox.ts';
import type { LiveConfig } from '../config.ts';
import { isOpenAt } from '../domain/office-hours.ts';
import { TOO_MANY_CONNECTIONS, toLarkError } from '../lark/errors.ts';
import { LIST_SCOPE } from '../lark/history.ts';
import { createHttp, originOf } from '../lark/http.ts';
import { connectionState } from '../services/connection/state.ts';
import { localDays } from '../services/setting/calendar.ts';
import { agoWords, type Finding } from './finding.ts';

/** In working hours somebody asks or presses something within that time, or the running program looks into the chats. */
const QUIET_MS = 2 * 3_600_000;
/** What was missing longer ago has been told of. */
const MISSED_LATELY_MS = 24 * 3_600_000;

const addressSchema = z.object({ code: z.number(), msg: z.string().optional() });

/** Asks for the address of a long connection, and makes none: that one would take events away from the running program. */
export async function addressFindings(config: LiveConfig): Promise<Finding[]> {
  if (config.transport.kind !== 'websocket') return [];
  const origin = originOf(config.domain);
  let answer: unknown;
  try {
    const app = { AppID: config.appId, AppSecret: config.appSecret };
    answer = await createHttp(origin).post(`${origin}/callback/ws/endpoint`, app, { headers: { locale: 'zh' } });
  } catch (error) {
    const text = `长连接：问不到连接地址（${toLarkError(error).message}），请看服务器能不能访问 ${origin}。`;
    return [{ level: 'fault', text }];
  }
  const { code, msg = '' } = addressSchema.safeParse(answer).data ?? { code: -1 };
  if (code === 0) return [{ level: 'ok', text: '长连接：平台给得出连接地址' }];
  if (code === TOO_MANY_CONNECTIONS) {
    const text = '长连接：这个应用的连接满了（最多 50 条），请停掉别处用同一个应用的程序。';
    return [{ level: 'fault', text }];
  }
  const advice = '请在开放平台看应用是不是启用了、“事件配置”是不是“使用长连接接收”。';
  return [{ level: 'fault', text: `长连接：平台不给连接地址（${code} ${msg.slice(0, 100)}）。${advice}` }];
}

/** Nothing where no program has ever run. */
export async function eventFindings({ tx, now, zone }: { tx: Tx; now: number; zone: string }): Promise<Finding[]> {
  const newest = await inboxReads.newest(tx);
  const state = await connectionState(tx);
  if (newest === undefined || !state) return [];
  const { checkedAt, missed, owed, deniedAt } = state;
  const text = `事件：最近一次在${agoWords(now - newest)}${checkedAt === null ? '' : `，私聊在${agoWords(now - checkedAt)}核对过`}`;
  if (missed && now - missed.at < MISSED_LATELY_MS) {
    const advice =
      '多半是别处还有一个程序用同一个应用连着飞书，请停掉它；找不到就在开放平台重置 App Secret，改好再启动。';
    return [
      {
        level: 'fault',
        text: `${text}，${agoWords(now - missed.at)}查到有 ${missed.messages} 条飞书没有推过来。${advice}`,
      },
    ];
  }
  if (deniedAt !== null) {
    const advice = `请在开放平台“权限管理”开通 ${LIST_SCOPE}，创建版本并发布。`;
    return [{ level: 'fault', text: `${text}，读不了私聊的聊天记录，断线时漏的消息补不上。${advice}` }];
  }
  const quietFor = now - Math.max(newest, checkedAt ?? 0);
  if (quietFor >= QUIET_MS && isOpenAt(now, await localDays({ tx, zone }))) {
    const advice = '请看机器人是不是开着、/readyz 说什么，再私信它“帮助”试试。';
    return [{ level: 'note', text: `${text}，上班时间里这么久没有动静。${advice}` }];
  }
  if (owed) {
    const advice = '机器人开着、网络通了会自己补。';
    return [{ level: 'note', text: `${text}，断开时的私聊消息还没有补完。${advice}` }];
  }
  return [{ level: 'ok', text }];
}
