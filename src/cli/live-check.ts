import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import larkSdk from '@larksuiteoapi/node-sdk/package.json' with { type: 'json' };
import { commandLine, startLine } from '../../build/typed-command.ts';
import type { Database } from '../../db/database.ts';
import { unitReads } from '../../db/repositories/unit.ts';
import daibanPackage from '../../package.json' with { type: 'json' };
import { isDomain, type LiveConfig } from '../config.ts';
import { localDay } from '../domain/calendar.ts';
import { unitLevels } from '../domain/unit.ts';
import { LarkError, type LarkPort } from '../lark/port.ts';
import { makeSheet } from '../sheets/make.ts';
import type { ReadPage } from '../sheets/sheet.ts';
import type { Vault } from '../vault.ts';
import { type CliCommand, type CliIo, CliProblem, Interrupted } from './command.ts';
import {
  countOutcomes,
  type LiveAnswer,
  type LiveState,
  liveReport,
  publicProblem,
  publicWords,
  readLiveReport,
  writeLiveReport,
} from './live-report.ts';
import { type LiveStep, liveSteps } from './live-steps.ts';
import { withVault } from './open.ts';
import { awaitPress, type Receiver, receiverOf, refusalWords, trialPort, trialToken } from './trial.ts';

const REPORT_FILE = 'live-check.md';
/** The person has pressed already when asked; the callback may still be on its way. */
const PRESS_WITHIN_MS = 5_000;
/** So that the card is seen as it was first. */
const EDIT_AFTER_MS = 4_000;

const options = {
  to: { type: 'string' },
  group: { type: 'string' },
  domain: { type: 'string' },
  report: { type: 'string' },
} as const;

/** Everything that one step may need. */
interface Play {
  readonly io: CliIo;
  readonly config: LiveConfig;
  readonly db: Database;
  readonly vault: Vault;
  readonly port: LarkPort;
  readonly receiver: Receiver;
  /** Where group cards go; undefined where none was named. */
  readonly chatId: string | undefined;
}

/** Plays docs/LIVE-CHECK.md with the person at the terminal, and writes down what they saw. */
export const liveCheck: CliCommand = {
  name: 'live-check',
  usage: 'live-check [--to ou_…] [--group 单位或oc_…] [--report 文件] [--domain 地址]',
  does: '真机核对：逐张把难的卡片发到管理员的私聊，问看到了什么，写成可以附给开发者的报告；中断了再运行就接着做',
  async run(io, args) {
    const { values } = parseArgs({ args: [...args], options });
    if (!io.canAsk) {
      throw new CliProblem(
        'live-check 要在终端里一步一步问您看到了什么，现在没有终端。请在服务器上打开终端运行；或者照 docs/LIVE-CHECK.md 用手核对。',
      );
    }
    const config = liveConfigOf(io, values.domain);
    const file = values.report ?? REPORT_FILE;
    const earlier = readLiveReport(file);
    return withVault(config, async (db, vault) => {
      const receiver = await receiverOf(db, { config, to: values.to });
      const chatId = await chatOf(db, values.group);
      const play = { ...{ io, config, db, vault, receiver, chatId }, port: trialPort(config, io.clock) };
      return playAll(play, { file, earlier });
    });
  },
};

/** @throws CliProblem where there is no platform to send to. */
function liveConfigOf(io: CliIo, domain: string | undefined): LiveConfig {
  const config = io.readConfig();
  if (config.mode !== 'live') {
    throw new CliProblem(`还没有连接飞书，没有真机可以核对。请先运行 ${commandLine('connect')}。`);
  }
  if (domain === undefined) return config;
  if (!isDomain(domain)) throw new CliProblem('--domain 应为 feishu、lark 或一个地址，如 https://open.example.cn。');
  return { ...config, domain };
}

/** The group of a unit, or a group by its id. @throws CliProblem for a unit that is unknown or has none. */
async function chatOf(db: Database, group: string | undefined): Promise<string | undefined> {
  if (group === undefined || /^oc_[\w-]+$/.test(group)) return group;
  const units = await db.read((tx) => unitReads.ofLevels(tx, unitLevels));
  const unit = units.find(({ name }) => name === group);
  if (unit === undefined)
    throw new CliProblem(`没有叫“${group.slice(0, 40)}”的单位。--group 应为单位名称，或群的 oc_…。`);
  if (unit.chatId === null)
    throw new CliProblem(`${unit.name}还没有绑定群。请先在测试的群里@机器人发 /绑定 ${unit.name}。`);
  return unit.chatId;
}

async function playAll(
  play: Play,
  { file, earlier }: { file: string; earlier: LiveState | undefined },
): Promise<number> {
  const { io, config, receiver } = play;
  const versions = versionsOf(config);
  const keep = (state: LiveState) => writeLiveReport(file, liveReport(state, versions));
  let state = earlier;
  try {
    state ??= await begin(play);
    keep(state);
    io.print(`\n卡片发到${receiver.name}和机器人的私聊，请把手机和电脑都打开。机器人要开着（${startLine()}）。`);
    io.print('每一步：回车=一样；否=不一样；跳过；停=先到这里。也可以直接写看到了什么。');
    const done = Object.keys(state.answers).length;
    if (done > 0) io.print(`接着上次：已经答了 ${done} 步。要从头来，请把 ${file} 移走。`);
    for (const [index, step] of liveSteps.entries()) {
      if (state.answers[step.id] !== undefined) continue;
      io.print(`\n${index + 1}/${liveSteps.length}  ${step.does}`);
      if (step.inGroup && play.chatId === undefined) {
        // Not an answer: a later run with a group plays it.
        io.print('  没有给 --group，这一步先不做；加上 --group 再运行一次就补上。');
        continue;
      }
      const answer = await playStep(play, step);
      if (answer === 'stop') return stopped(io, { file, state });
      state = { ...state, answers: { ...state.answers, [step.id]: answer } };
      keep(state);
    }
    return finish(io, { file, state });
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    io.print('');
    return state === undefined ? stoppedAtOnce(io) : stopped(io, { file, state });
  }
}

async function begin({ io, config, receiver }: Play): Promise<LiveState> {
  io.print('真机核对：约 15 分钟。报告里不写姓名、电话和密钥。先问两句：');
  const asks = async (question: string) => publicWords(await io.ask(question, { secret: false }), receiver.name);
  const phone = await asks('手机是什么系统，飞书什么版本（如：安卓 14，7.30）：');
  const desktop = await asks('电脑是什么系统，飞书什么版本（没有就回车）：');
  return { ...{ phone, desktop }, begunOn: localDay(io.clock.now(), config.zone), answers: {} };
}

/** Sends what is to be looked at, and asks. What the platform does not take is an answer by itself. */
async function playStep(play: Play, step: LiveStep): Promise<LiveAnswer | 'stop'> {
  const { io, config } = play;
  if (step.whenReady) await io.ask('  准备好了按回车：', { secret: false });
  const token = trialToken();
  try {
    await send(play, { step, token });
  } catch (error) {
    if (!(error instanceof LarkError)) throw error;
    const words = refusalWords(error, config);
    // Nothing was found out about the platform: the step is asked again by the next run.
    const { code, failure } = error;
    if (code === undefined || failure === 'later' || failure === 'quota') throw new CliProblem(words, { cause: error });
    io.print(`  ${words}\n  不一样时：${step.otherwise}`);
    return { outcome: 'refused', words: publicProblem(words) };
  }
  const answer = await askWhatWasSeen(play, step);
  if (answer === 'stop' || answer.outcome === 'skipped' || !step.press) return answer;
  const press = await awaitPress(io, { ...play, token, withinMs: PRESS_WITHIN_MS });
  io.print(press === undefined ? '  机器人没有收到按钮。' : '  机器人收到了按钮。');
  return { ...answer, press: press?.fields ?? null };
}

async function send(play: Play, { step, token }: { step: LiveStep; token: string }): Promise<void> {
  const { io, port, receiver, chatId } = play;
  const target = step.inGroup && chatId !== undefined ? chatId : receiver.openId;
  if (step.file) await sendFile(play, target);
  const card = step.card?.({ token, openId: receiver.openId });
  if (card === undefined) return;
  const { messageId } = await port.post({ target, card, uuid: randomUUID() });
  const edited = step.edit?.();
  if (edited === undefined) return;
  await io.wait(EDIT_AFTER_MS);
  await port.update({ messageId, card: edited });
}

/** The empty list of units: it holds nothing of anybody. */
async function sendFile({ io, config, db, vault, port }: Play, target: string): Promise<void> {
  const { zone } = config;
  const now = io.clock.now();
  const read: ReadPage = (work) => db.read((tx) => work({ ...{ tx, now, zone, vault } }));
  const order = { name: 'importTemplate', kind: 'units', agentId: 1, askedAt: now } as const;
  const made = await makeSheet(read, { order, zone });
  if (!('file' in made)) throw new Error('no list of units was made');
  try {
    const { fileKey } = await port.upload(made.file);
    await port.postFile({ target, fileKey, uuid: randomUUID() });
  } finally {
    made.file.close();
  }
}

const yes = /^(?:是|对|一样|好|y|yes|ok)?$/i;
const no = /^(?:否|不|不一样|不是|没有|n|no)$/i;
const skip = /^(?:跳过|s|skip)$/i;
const stop = /^(?:停|停下|q|quit|exit)$/i;

async function askWhatWasSeen({ io, receiver }: Play, step: LiveStep): Promise<LiveAnswer | 'stop'> {
  const typed = await io.ask(`  应当：${step.look}\n  一样吗？`, { secret: false });
  if (stop.test(typed)) return 'stop';
  if (skip.test(typed)) return { outcome: 'skipped', words: '' };
  if (yes.test(typed)) return { outcome: 'same', words: '' };
  const seen = no.test(typed) ? await io.ask('  看到了什么（一句话）：', { secret: false }) : typed;
  io.print(`  不一样时：${step.otherwise}`);
  return { outcome: 'differs', words: publicWords(seen, receiver.name) };
}

function finish(io: CliIo, { file, state }: { file: string; state: LiveState }): number {
  const { same, differs, refused, skipped, open } = countOutcomes(state);
  io.print(
    `\n核对完了：一样 ${same}，不一样 ${differs}，平台没有收下 ${refused}，没有核对 ${skipped + open}。报告在 ${file}。请自己再看一遍有没有姓名，没有就可以附给开发的人。`,
  );
  io.print('收拾：撤回测试的件；测试的群 /解绑，再到真正的群里 /绑定。');
  return 0;
}

function stopped(io: CliIo, { file, state }: { file: string; state: LiveState }): number {
  io.print(`先到这里，还有 ${countOutcomes(state).open} 步。答过的在 ${file}，再运行一次就接着做。`);
  return 1;
}

function stoppedAtOnce(io: CliIo): number {
  io.print('停下了，什么也没有写。');
  return 1;
}

/** Nothing of it tells whose tenant it is. */
function versionsOf({ domain, transport, database }: LiveConfig): Record<string, string> {
  const kinds: Readonly<Record<string, string>> = { feishu: '飞书', lark: 'Lark（国外）' };
  return {
    代办: daibanPackage.version,
    'Node.js': process.versions.node,
    SDK: larkSdk.version,
    服务器: `${process.platform} ${process.arch}`,
    平台: kinds[domain] ?? '自己的地址（私有部署或沙箱）',
    接收方式: transport.kind === 'websocket' ? '长连接' : '回调地址',
    数据库: database.engine === 'sqlite' ? 'SQLite' : 'PostgreSQL',
  };
}
