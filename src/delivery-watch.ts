/** Whether deliveries come to nothing: not saved, refused because their time stamp does not fit the clock, or sent for another app. */
import type { Trouble } from './services/alert/raise.ts';

export type DeliveryEnd = 'dealt' | 'lost' | 'stale' | 'app';

export interface DeliveryWatch {
  note(end: DeliveryEnd): void;
  /** For `/readyz`; empty when all is well. */
  problems(): string[];
  /** The same for the administrators. */
  troubles(): Trouble[];
}

const MINUTE_MS = 60_000;
const WINDOW_MINUTES = 10;
/** One or two may fail of anything. */
const COUNT_MIN = 3;
const LOST_SHARE = 0.2;
/** Anybody can send something stale, so only when most of what comes is. */
const STALE_SHARE = 0.5;

/** They are rightly signed, so a single one shows that something is set up wrongly. */
const foreign: Trouble = {
  key: 'foreign-app',
  title: '收到了发给别的应用的事件',
  lines: [
    '签名是对的，但写的不是本应用的 App ID，都没有处理。',
    '请核对 LARK_APP_ID；也请到开放平台看看，是不是有两个应用填了同一个请求地址和 Encrypt Key。',
  ],
};

type Counts = Record<DeliveryEnd, number>;

export function createDeliveryWatch(clock: { now(): number }): DeliveryWatch {
  /** By minute since the epoch. */
  const minutes = new Map<number, Counts>();

  function currentMinute(): number {
    const minute = Math.floor(clock.now() / MINUTE_MS);
    // What lies ahead was counted by a clock that has been put right since.
    for (const old of minutes.keys()) if (old > minute || old <= minute - WINDOW_MINUTES) minutes.delete(old);
    return minute;
  }

  function found() {
    currentMinute();
    const sum = (end: DeliveryEnd) => [...minutes.values()].reduce((total, counts) => total + counts[end], 0);
    const [lost, stale] = [sum('lost'), sum('stale')];
    const all = sum('dealt') + lost + stale;
    return {
      ...{ lost, stale, all, isForeign: sum('app') > 0 },
      losing: lost >= COUNT_MIN && lost >= all * LOST_SHARE,
      late: stale >= COUNT_MIN && stale >= all * STALE_SHARE,
    };
  }

  return {
    note(end) {
      const minute = currentMinute();
      const counts = minutes.get(minute) ?? { dealt: 0, lost: 0, stale: 0, app: 0 };
      counts[end]++;
      minutes.set(minute, counts);
    },
    problems() {
      const { losing, late } = found();
      return [
        ...(losing ? ['deliveries cannot be saved'] : []),
        ...(late ? ['deliveries are refused as stale: check the clock'] : []),
      ];
    },
    troubles() {
      const { lost, stale, all, losing, late, isForeign } = found();
      const since = `最近 ${WINDOW_MINUTES} 分钟收到 ${all} 次消息和点击，`;
      const unsaved = {
        key: 'deliveries',
        title: '消息和点击没有保存下来',
        lines: [`${since}其中 ${lost} 次没有保存。`, '请看服务器上的日志，检查数据库和磁盘。'],
      };
      const refused = {
        key: 'clock',
        title: '消息和点击因时间不对被拒收',
        lines: [`${since}其中 ${stale} 次和服务器的时钟差五分钟以上。`, '请把服务器的时钟校准（打开自动对时）。'],
      };
      return [...(losing ? [unsaved] : []), ...(late ? [refused] : []), ...(isForeign ? [foreign] : [])];
    },
  };
}
