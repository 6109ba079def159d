/** What the check of the ledger finds, in words for the operator. */
import { adoptionWords } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import { agentReads } from '../../db/repositories/agent.ts';
import { unitReads } from '../../db/repositories/unit.ts';
import type { CaseProblem, ChainProblem, LedgerFault } from '../services/ledger/fault.ts';
import { settings } from '../services/settings.ts';

const chainWords = {
  gap: '前面缺了记录',
  'broken link': '和前一条接不上',
  'changed entry': '被改动过',
  'bad signature': '签名不对，不是本程序写的',
  'head does not match': '链尾对不上，末尾的记录可能被删掉了',
  'head not signed': '链尾的签名不对，可能被改写过',
} as const satisfies Record<ChainProblem, string>;

const caseWords = {
  'no row': '台账里有它的记录，代办件却不在了',
  'no registration': '台账里没有它的登记记录',
  differs: '和台账记录不一致',
  'other applicant': '申请人信息不是登记时的那一份',
  'erased unsaid': '申请人信息没有了，台账里没有删除记录',
  'other papers': '材料和台账里收到的不一致',
  'other chain': '有记录写在别的苏木乡镇的台账里',
} as const satisfies Record<CaseProblem, string>;

const rowWords = {
  'no entry': '台账里没有它的记录',
  'no row': '台账里有它的记录，数据里却没有',
  differs: '和台账记录不一致',
};

const planWords = {
  task: '方案的任务',
  checkList: '“七有”的检查项目',
  taskUpdate: '任务的进展',
  answer: '“七有”的检查结果',
  photo: '任务或检查的照片',
};

/** One sentence each, with the names of units and people. */
export async function faultWords(tx: Tx, faults: readonly LedgerFault[]): Promise<string[]> {
  if (faults.length === 0) return [];
  const names = {
    units: new Map((await unitReads.all(tx)).map(({ id, name }) => [id, name])),
    agents: new Map((await agentReads.all(tx)).map(({ id, name }) => [id, name])),
  };
  return faults.map((fault) => inWords(fault, names));
}

function inWords(fault: LedgerFault, names: Record<'units' | 'agents', ReadonlyMap<number, string>>): string {
  const unitName = (id: number) => names.units.get(id) ?? `单位 ${id}`;
  switch (fault.about) {
    case 'key':
      return fault.keyId === undefined
        ? '台账没有签名密钥'
        : `台账的第 ${fault.keyId} 把签名密钥不是用现在的 DATA_KEY 生成的`;
    case 'chain': {
      const place = fault.seq === undefined ? '' : `第 ${fault.seq} 条`;
      return `${unitName(fault.townId)}的台账：${place}${chainWords[fault.problem]}`;
    }
    case 'case': {
      const name = fault.caseNumber ?? `（内部号 ${fault.caseId}）`;
      return `代办件 ${name}：${caseWords[fault.problem]}${columnWords(fault.columns)}`;
    }
    case 'report':
      return `${unitName(fault.townId)} ${fault.month} 月报：${rowWords[fault.problem]}`;
    case 'bulletin':
      return `${unitName(fault.bannerId)} ${fault.quarter} 通报：${rowWords[fault.problem]}`;
    case 'agent': {
      const name = names.agents.get(fault.agentId) ?? `（内部号 ${fault.agentId}）`;
      return `代办员 ${name}：${rowWords[fault.problem]}${columnWords(fault.columns)}`;
    }
    case 'unit':
      return `${unitName(fault.unitId)}：${fault.problem === 'differs' ? '单位的情况或绑定的群和台账记录不一致' : rowWords[fault.problem]}`;
    case 'item':
      return `事项（内部号 ${fault.itemId}）：${rowWords[fault.problem]}`;
    case 'unitList':
      return `4张清单（内部号 ${fault.listId}）：${rowWords[fault.problem]}`;
    case 'roster':
      return `名册（内部号 ${fault.rosterId}）：${rowWords[fault.problem]}`;
    case 'check':
      return `抽查回访（代办件内部号 ${fault.caseId}）：${rowWords[fault.problem]}`;
    case 'information':
      return `${informationName(fault, unitName)}：${rowWords[fault.problem]}`;
    case 'plan':
      return `${planWords[fault.of]}（内部号 ${fault.id}）：${rowWords[fault.problem]}`;
    case 'standIn':
      return `代班（内部号 ${fault.standInId}）：${rowWords[fault.problem]}`;
    case 'setting':
      return `设置“${settings[fault.name].label}”：${rowWords[fault.problem]}`;
  }
}

function informationName(
  { what, key }: Extract<LedgerFault, { about: 'information' }>,
  unitName: (id: number) => string,
): string {
  const [bannerId, name = '', number] = key.split(' ');
  const banner = unitName(Number(bannerId));
  switch (what) {
    case 'piece':
      return `政务信息的稿件（内部号 ${key}）`;
    case 'adoption':
      return `政务信息的采用记录（内部号 ${key}）`;
    case 'points':
      return `${banner}政务信息的分值 ${Object.entries(adoptionWords).find(([kind]) => kind === name)?.[1] ?? name} ${number}起`;
    case 'ranking':
      return `${banner}政务信息的排名 ${name} 第${number}版`;
  }
}

function columnWords(columns: readonly string[] | undefined): string {
  return columns === undefined ? '' : `（${columns.join('、')}）`;
}
