/** What has become of the deliveries lately: whether too many were not saved, or refused by the webhook for a reason that lasts. */
import type { WebhookRefusal } from './lark/webhook.ts';
import type { Trouble } from './services/alert/raise.ts';
import { createTally } from './tally.ts';

/** `lost`: not saved. A refusal: answered with 401, and why. */
export type DeliveryEnd = 'dealt' | 'lost' | WebhookRefusal;

export interface DeliveryWatch {
  note(end: DeliveryEnd): void;
  /** True while not one of the last deliveries was saved. */
  isLosingAll(): boolean;
  /** True while some of the last deliveries were not saved. */
  isLosing(): boolean;
  /** For the administrators: also what went well again since, and what anybody can bring about who knows the address. */
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
  let lostInARow = 0;

  return {
    note(end) {
      tally.count(end);
      if (end === 'lost') lostInARow++;
      else if (end === 'dealt') lostInARow = 0;
    },
    isLosingAll: () => lostInARow >= COUNT_MIN && tally.within('lost', WINDOW_MS) > 0,
    isLosing: () => tally.within('lost', WINDOW_MS) > 0,
    troubles() {
      const lost = tally.within('lost', WINDOW_MS);
      const stale = tally.within('stale', WINDOW_MS);
      const all = tally.within('dealt', WINDOW_MS) + lost + stale;
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
        ...(lost >= Math.max(COUNT_MIN, all * LOST_SHARE) ? [unsaved] : []),
        ...(stale >= Math.max(COUNT_MIN, all * STALE_SHARE) ? [refused] : []),
        ...(tally.within('app', WINDOW_MS) > 0 ? [foreignApp] : []),
      ];
    },
  };
}
