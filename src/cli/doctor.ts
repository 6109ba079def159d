import { parseArgs } from 'node:util';
import { commandLine } from '../../build/typed-command.ts';
import type { Database, Tx } from '../../db/database.ts';
import { describeDatabase } from '../../db/open.ts';
import { agentReads } from '../../db/repositories/agent.ts';
import { caseReads } from '../../db/repositories/case.ts';
import { importReads } from '../../db/repositories/import.ts';
import { ledgerReads } from '../../db/repositories/ledger.ts';
import { outboxReads } from '../../db/repositories/outbox.ts';
import { paperReads } from '../../db/repositories/paper.ts';
import { unitReads } from '../../db/repositories/unit.ts';
import { type Config, ConfigError, DETACHED_WORDS } from '../config.ts';
import type { Reading } from '../ctx.ts';
import type { PaperStore } from '../papers/store.ts';
import { paperStoreAt } from '../papers/store-at.ts';
import { lastingTroubles } from '../services/alert/raise.ts';
import { countUnreadable, keyChange, requireDataKey, WrongDataKey } from '../services/data-key/check.ts';
import { leftUnder } from '../services/data-key/rotate.ts';
import { lacksWitness } from '../services/ledger/fingerprint.ts';
import { shortKey } from '../services/ledger/key.ts';
import { CALLS_A_MONTH, monthlyCalls } from '../services/message/calls.ts';
import { nameOfTarget } from '../services/message/undelivered.ts';
import type { Vault } from '../vault.ts';
import { type CliCommand, type CliIo, CliProblem } from './command.ts';
import { databaseTrouble } from './database-state.ts';
import { addressFindings, eventFindings } from './doctor-connection.ts';
import {
  backupFinding,
  diskFinding,
  holidayFinding,
  newerHolidayTable,
  nodeFinding,
  unannouncedYears,
} from './doctor-machine.ts';
import { arrivalFindings, platformFindings } from './doctor-platform.ts';
import { agoWords, type Finding } from './finding.ts';
import { leftWords } from './key-words.ts';
import { checkLedger } from './ledger.ts';
import { vaultOf, withDatabase } from './open.ts';
import { selfTestFinding } from './self-test.ts';

const REASONS_SHOWN = 3;
const FAULTS_SHOWN = 20;
const PAPERS_PAGE = 500;
/** A message that has been due for so long shows that nobody sends. */
const STUCK_MS = 10 * 60_000;

/** Looks at everything that usually goes wrong, and says what to do about it. */
export const doctor: CliCommand = {
  name: 'doctor',
  usage: 'doctor [--json] [--offline] [--self-test [--to ou_…]]',
  does: '检查机器、配置、平台、数据库、台账、备份、没送到的消息、没绑群的单位和管理员；--offline 不问平台；--self-test 给管理员发一张卡片，看按钮收不收得到',
  async run(io, args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        json: { type: 'boolean' },
        offline: { type: 'boolean' },
        'self-test': { type: 'boolean' },
        to: { type: 'string' },
      },
    });
    const { to, offline, 'self-test': selfTests = false } = values;
    if (selfTests && offline) throw new CliProblem('--self-test 要问平台，不能和 --offline 一起用。');
    if (to !== undefined && !selfTests) throw new CliProblem('--to 是 --self-test 的：把自检的卡片发给谁。');
    const findings = await examine(io, { asksPlatform: offline !== true });
    // What goes on meanwhile is no part of what a machine reads.
    const say = (line: string) => (values.json ? io.complain(line) : io.print(line));
    if (selfTests) findings.push(...(await selfTest(io, { to, say })));
    if (values.json) io.print(JSON.stringify(findings, null, 2));
    else for (const { level, text } of findings) io.print(`${level === 'ok' ? 'OK  ' : '注意'}  ${text}`);
    return findings.some((finding) => finding.level === 'fault') ? 1 : 0;
  },
};

/** Nothing where the configuration cannot be read: that is a finding already. */
async function selfTest(io: CliIo, how: { to: string | undefined; say: (line: string) => void }): Promise<Finding[]> {
  const config = configOf(io);
  if (config instanceof ConfigError) return [];
  if (config.mode === 'live') return [await selfTestFinding(io, { ...how, config })];
  return [{ level: 'note', text: `自检：没有连接飞书，没有可以发的地方。请先运行 ${commandLine('connect')}。` }];
}

function configOf(io: CliIo): Config | ConfigError {
  try {
    return io.readConfig();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

async function examine(io: CliIo, { asksPlatform }: { asksPlatform: boolean }): Promise<Finding[]> {
  const config = configOf(io);
  if (config instanceof ConfigError) return [{ level: 'fault', text: config.message }];
  const findings = [nodeFinding(process.versions.node), configFinding(config)];
  if (config.mode === 'live' && asksPlatform) {
    findings.push(...(await platformFindings(config, io.clock)), ...(await addressFindings(config)));
  }
  const trouble = await databaseTrouble(config.database);
  if (trouble !== undefined) return [...findings, { level: 'fault', text: trouble }];
  findings.push({ level: 'ok', text: `数据库：${describeDatabase(config.database)}，版本正确` });
  const now = io.clock.now();
  findings.push(...(await diskFinding(config)));
  const newestOf = asksPlatform && config.mode === 'live' ? io.newestVersion : undefined;
  try {
    return [...findings, ...(await withDatabase(config, (db) => examineData(db, { config, now, newestOf })))];
  } catch (error) {
    if (error instanceof CliProblem) return [...findings, { level: 'fault', text: error.message }];
    throw error;
  }
}

function configFinding(config: Config): Finding {
  if (config.mode === 'detached') return { level: 'fault', text: `配置：${DETACHED_WORDS}` };
  if (config.mode === 'sandbox') return { level: 'ok', text: '配置：没有填 LARK_APP_ID，用本地沙箱' };
  const transport = config.transport.kind === 'websocket' ? '长连接' : '回调地址（webhook）';
  return { level: 'ok', text: `配置：连接 ${config.domain}，${transport}` };
}

async function examineData(
  db: Database,
  { config, now, newestOf }: { config: Config; now: number; newestOf: CliIo['newestVersion'] | undefined },
): Promise<Finding[]> {
  let vault: Vault;
  try {
    vault = vaultOf(config);
  } catch (error) {
    if (error instanceof CliProblem) return [{ level: 'fault', text: error.message }];
    throw error;
  }
  // Asked before: nothing in a transaction awaits the network.
  const unannounced = await db.read((tx) => unannouncedYears({ tx, now, zone: config.zone }));
  const newer = await newerHolidayTable(newestOf);
  return db.read(async (tx) => [
    holidayFinding({ unannounced, newer }),
    await keyFinding({ tx, vault }),
    ...(await backupFinding(tx, { config, now })),
    ...(config.mode === 'live' ? await arrivalFindings(tx, { config, now }) : []),
    ...(config.mode === 'live' ? await eventFindings({ tx, now, zone: config.zone }) : []),
    ...(await keyChangeFindings({ tx, vault })),
    await ledgerFinding({ tx, vault }),
    await publicKeyFinding(tx),
    await witnessFinding(tx),
    // The sandbox keeps them in memory.
    ...(config.mode === 'sandbox' ? [] : [await papersFinding({ tx, store: paperStoreAt(config.files) })]),
    await deadFinding(tx),
    await callsFinding({ tx, now, zone: config.zone }),
    ...(await unsentFinding(tx, now)),
    ...(await unreadListFinding(tx, now)),
    ...(await runningFindings(tx, now)),
    await adminFinding(tx),
    ...(await groupFindings(tx)),
  ]);
}

async function keyFinding({ tx, vault }: Pick<Reading, 'tx' | 'vault'>): Promise<Finding> {
  try {
    await requireDataKey(tx, vault);
  } catch (error) {
    if (error instanceof WrongDataKey) return { level: 'fault', text: `密钥：${error.message}` };
    throw error;
  }
  const unreadable = await countUnreadable(tx, vault);
  if (unreadable === 0) return { level: 'ok', text: '密钥：和数据相符' };
  return { level: 'fault', text: `密钥：有 ${unreadable} 位申请人的信息打不开，请保留数据库，再用备份核对。` };
}

/** A change of `DATA_KEY` that is under way, or over and its former key not needed any more. */
async function keyChangeFindings({ tx, vault }: Pick<Reading, 'tx' | 'vault'>): Promise<Finding[]> {
  const { formerMark } = vault;
  if (formerMark === undefined) return [];
  const left = await leftUnder(tx, formerMark);
  const change = await keyChange(tx);
  if (left.size === 0 && change?.done) {
    return [{ level: 'ok', text: '换密钥：已换完，可以去掉 DATA_KEY_FORMER；原来的密钥留到旧备份都过期。' }];
  }
  const text = `换密钥：还有${leftWords(left)}在原来的密钥下。机器人用新的 DATA_KEY 启动以后，请运行 key rotate。`;
  return [{ level: 'note', text }];
}

async function ledgerFinding(ctx: Pick<Reading, 'tx' | 'vault'>): Promise<Finding> {
  const { check, faults } = await checkLedger(ctx);
  if (faults.length === 0) {
    return { level: 'ok', text: `台账：${check.entries} 条记录完好，${check.cases} 件代办件和记录一致` };
  }
  const shown = faults.slice(0, FAULTS_SHOWN).join('；');
  const more = check.faultCount > FAULTS_SHOWN ? `；共 ${check.faultCount} 处` : '';
  return { level: 'fault', text: `${shown}${more}。请先保留数据库文件，再用备份核对。` };
}

async function publicKeyFinding(tx: Tx): Promise<Finding> {
  const key = (await ledgerReads.keys(tx)).at(-1);
  if (!key) return { level: 'note', text: '台账公钥：还没有，机器人第一次启动时生成。' };
  return { level: 'ok', text: `台账公钥：${key.publicKey}（公钥指纹 ${shortKey(key.publicKey)}）` };
}

async function witnessFinding(tx: Tx): Promise<Finding> {
  if (!(await lacksWitness(tx))) return { level: 'ok', text: '台账指纹：有群可以发' };
  const advice = '请在旗县的群里@机器人发 /绑定 单位名称；没有指纹留在群里，台账被人整个改写就看不出来。';
  return { level: 'note', text: `台账指纹：旗县和苏木乡镇都没有绑定群，没有地方发。${advice}` };
}

async function callsFinding(ctx: Pick<Reading, 'tx' | 'now' | 'zone'>): Promise<Finding> {
  const { byKind, total, forecast } = await monthlyCalls(ctx);
  const kinds = `新消息 ${byKind.post}，回复 ${byKind.reply}，卡片更新 ${byKind.update}，文件 ${byKind.file}，核对聊天记录 ${byKind.list}`;
  const text = `平台调用：本月 ${total} 次（${kinds}），照此到月底约 ${forecast} 次，免费版每月 ${CALLS_A_MONTH} 次`;
  return { level: forecast > CALLS_A_MONTH ? 'note' : 'ok', text };
}

/** Every paper that the database knows must have its file, of the size that was written. */
async function papersFinding({ tx, store }: { tx: Tx; store: PaperStore }): Promise<Finding> {
  let papers = 0;
  const wrong: string[] = [];
  for (let afterId = 0; ; ) {
    const page = await paperReads.keptPage(tx, { afterId, limit: PAPERS_PAGE });
    for (const { caseId, fileName, bytes } of page) {
      if ((await store.size(fileName)) === bytes) continue;
      const record = caseId === null ? undefined : await caseReads.byId(tx, caseId);
      wrong.push(`${record?.caseNumber ?? ''} 的 ${fileName}`);
    }
    papers += page.length;
    const last = page.at(-1);
    if (page.length < PAPERS_PAGE || !last) break;
    afterId = last.id;
  }
  if (wrong.length === 0) return { level: 'ok', text: `材料：${papers} 份，文件都在` };
  const named = wrong.slice(0, FAULTS_SHOWN).join('；');
  const advice = '请核对 FILES_URL，或从备份的文件夹里把它们拷回来。';
  return { level: 'fault', text: `材料：${papers} 份里有 ${wrong.length} 份的文件不在或不完整：${named}。${advice}` };
}

async function deadFinding(tx: Tx): Promise<Finding> {
  const dead = (await outboxReads.counts(tx)).get('dead') ?? 0;
  if (dead === 0) return { level: 'ok', text: '消息：没有送不到的' };
  const reasons: string[] = [];
  for (const { target, error } of await outboxReads.dead(tx, { since: 0, limit: REASONS_SHOWN })) {
    reasons.push(`    ${await nameOfTarget({ tx }, target)}：${error ?? '原因不明'}`);
  }
  const advice = '请确认机器人还在这些群里、对方还在职；最近的原因：';
  return { level: 'note', text: [`消息：${dead} 条没有送到，已留存。${advice}`, ...reasons].join('\n') };
}

/** How many wait and since when. A few are usual, also for some minutes, when a group gets much at once. */
async function unsentFinding(tx: Tx, now: number): Promise<Finding[]> {
  const counts = await outboxReads.counts(tx);
  const unsent = (counts.get('waiting') ?? 0) + (counts.get('sending') ?? 0);
  const [since, due] = [await outboxReads.oldestUnsent(tx), await outboxReads.nextAvailableAt(tx)];
  if (since === undefined || due === undefined) return [];
  const text = `消息：${unsent} 条在等着发出，最早的是${agoWords(now - since)}的`;
  if (now - due < STUCK_MS) return [{ level: 'ok', text }];
  const minutes = Math.floor((now - due) / 60_000);
  return [{ level: 'note', text: `${text}；该发的等了 ${minutes} 分钟没有发出，请看看机器人是否在运行。` }];
}

/** Lists are read as they come; one that lies there shows that nobody reads. */
async function unreadListFinding(tx: Tx, now: number): Promise<Finding[]> {
  const lying = (await importReads.arrived(tx)).filter(({ createdAt }) => now - createdAt >= STUCK_MS);
  if (lying.length === 0) return [];
  const text = `名单：有 ${lying.length} 份发来的 Excel 名单还没有读，请看看机器人是否在运行；在运行的，请管理员重发一次。`;
  return [{ level: 'note', text }];
}

/** What only the running bot sees, or looks at every minute. */
async function runningFindings(tx: Tx, now: number): Promise<Finding[]> {
  const troubles = await lastingTroubles(tx, now);
  return troubles.map(({ title, lines }) => ({ level: 'note', text: `告警：${title}。${lines.join('')}` }));
}

async function adminFinding(tx: Tx): Promise<Finding> {
  const admins = await agentReads.activeAdmins(tx);
  if (admins.length > 0) return { level: 'ok', text: `管理员：${admins.map((admin) => admin.name).join('、')}` };
  const advice = '请把机器人启动时打印的口令私信给它（/初始化 口令），或设置 ADMIN_OPEN_IDS 后重启。';
  return { level: 'note', text: `管理员：还没有。${advice}` };
}

/** Towns and the banner without a group miss reminders that nobody else gets; the others are only counted. */
async function groupFindings(tx: Tx): Promise<Finding[]> {
  const without = (await unitReads.ofLevels(tx, ['banner', 'town', 'department', 'village'])).filter(
    (unit) => unit.chatId === null,
  );
  if (without.length === 0) return [{ level: 'ok', text: '单位：都绑定了群' }];
  const named = without.filter((unit) => unit.level === 'banner' || unit.level === 'town').map((unit) => unit.name);
  const others = without.length - named.length;
  const names = named.length === 0 ? '' : `：${named.join('、')}`;
  const rest = others === 0 ? '' : `（另有 ${others} 个部门、嘎查社区，按需要绑定）`;
  const advice = '请在它们的群里@机器人发 /绑定 单位名称。';
  return [{ level: 'note', text: `单位：${named.length} 个旗县、苏木乡镇没有绑定群${names}${rest}。${advice}` }];
}
