/** What has become of the deliveries lately: whether too many were not saved, or refused by the webhook for a reason that lasts. */
import type { WebhookRefusal } from './lark/webhook.ts';
import type { Trouble } from './services/alert/raise.ts';
import { createTally } from './tally.ts';

/** `lost`: not saved. A refusal: answered with 401, and why. */
export type DeliveryEnd = 'dealt' | 'lost' | WebhookRefusal;

export interface DeliveryWatch {
  note(end: DeliveryEnd): void;
  /** For `/readyz`; empty when all is well. */
  problems(): string[];
  /** For the administrators. */
  troubles(): Trouble[];
}

const WINDOW_MINUTES = 10;
const WINDOW_MS = WINDOW_MINUTES * 60_000;
/** One or two may fail of anything. */
const COUNT_MIN = 3;
const LOST_SHARE = 0.2;
/** Anybody can send something with an old time stamp, so only when most of what comes has one. */
const STALE_SHARE = 0.5;

const foreignApp: Trouble = {
  key: 'foreign-app',
  title: '收到了发给别的应用的事件',
  lines: [
    '签名是对的，但写的不是本应用的 App ID，都没有处理。',
    '请核对 LARK_APP_ID；也请到开放平台看看，是不是有两个应用填了同一个请求地址和 Encrypt Key。',
  ],
};

export function createDeliveryWatch(clock: { now(): number }): DeliveryWatch {
  const tally = createTally<DeliveryEnd>(clock);

  function found() {
    const count = (end: DeliveryEnd) => tally.within(end, WINDOW_MS);
    return judge({ dealt: count('dealt'), lost: count('lost'), stale: count('stale') });
  }

  return {
    note: (end) => tally.count(end),
    problems() {
      const { isLosing, isLate } = found();
      return [
        ...(isLosing ? ['deliveries cannot be saved'] : []),
        ...(isLate ? ['deliveries are refused as stale: check the clock'] : []),
      ];
    },
    troubles() {
      const { isLosing, isLate, lost, stale, all } = found();
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
      return [
        ...(isLosing ? [unsaved] : []),
        ...(isLate ? [refused] : []),
        ...(tally.within('app', WINDOW_MS) > 0 ? [foreignApp] : []),
      ];
    },
  };
}

function judge({ dealt, lost, stale }: { dealt: number; lost: number; stale: number }) {
  const all = dealt + lost + stale;
  return {
    ...{ all, lost, stale },
    isLosing: lost >= COUNT_MIN && lost >= all * LOST_SHARE,
    isLate: stale >= COUNT_MIN && stale >= all * STALE_SHARE,
  };
}
