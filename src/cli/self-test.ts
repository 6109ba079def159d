/** `doctor --self-test`: one card to an administrator, one press back. It shows at once what two pages of the console must have right. */
import { startLine } from '../../build/typed-command.ts';
import { trialCard } from '../../cards/trial.ts';
import { inboxReads } from '../../db/repositories/inbox.ts';
import type { LiveConfig } from '../config.ts';
import { callbackPath } from '../lark/console-setup.ts';
import { originOf } from '../lark/http.ts';
import { WrongDataKey } from '../services/data-key/check.ts';
import { type CliIo, CliProblem } from './command.ts';
import type { Finding } from './finding.ts';
import { withVault } from './open.ts';
import { awaitPress, receiverOf, sendTrial, trialPort, trialToken } from './trial.ts';

const WITHIN_MS = 120_000;

/** Sends the card, waits for its press, at most two minutes. `say`: what happens meanwhile, for whoever watches. */
export async function selfTestFinding(
  io: CliIo,
  { config, to, say }: { config: LiveConfig; to: string | undefined; say: (line: string) => void },
): Promise<Finding> {
  try {
    return await withVault(config, async (db, vault) => {
      const receiver = await receiverOf(db, { config, to });
      const token = trialToken();
      const lines = ['这张卡片是 doctor --self-test 发的。', '请点一下按钮，看机器人收不收得到。'];
      const card = trialCard({ title: '自检：请点一下', lines, token });
      await sendTrial(trialPort(config, io.clock), { config, target: receiver.openId, card });
      const sentAt = io.clock.now();
      say(`自检：卡片发给了${receiver.name}，请打开和机器人的私聊，点“点我”（等 ${WITHIN_MS / 60_000} 分钟）……`);
      const press = await awaitPress(io, {
        ...{ db, vault, token, withinMs: WITHIN_MS },
        say: (leftMs) => say(`自检：还在等，剩 ${Math.ceil(leftMs / 1000)} 秒……`),
      });
      if (press !== undefined) {
        const seconds = Math.max(0, Math.round((press.at - sentAt) / 1000));
        return { level: 'ok', text: `自检：卡片发到了，${seconds} 秒后收到了按钮，发消息和收按钮都通` };
      }
      const messageAt = await db.read((tx) => inboxReads.lastOfKind(tx, 'message'));
      return { level: 'fault', text: nothingCame(config, { hearsMessages: messageAt !== undefined }) };
    });
  } catch (error) {
    if (error instanceof CliProblem || error instanceof WrongDataKey)
      return { level: 'fault', text: `自检：${error.message}` };
    throw error;
  }
}

/** What to look at when nothing came of the press, the likeliest first. */
function nothingCame(config: LiveConfig, { hearsMessages }: { hearsMessages: boolean }): string {
  const { appId, domain, transport } = config;
  const path = callbackPath({ origin: originOf(domain), appId, byWebhook: transport.kind === 'webhook' });
  const lines = [
    '自检：卡片发出去了，没有收到按钮。请逐项看：',
    '没有看到卡片：换 --to 发给别人试试；看到了没有点：再运行一次',
    `机器人要开着（${startLine()}），和这里用同一个数据库`,
    `点了显示 200340，或没有反应：${path}`,
    ...(hearsMessages ? [] : ['私信也收不到：同一处的“事件配置”页签也要这样选并保存']),
  ];
  return lines.join('\n    ');
}
