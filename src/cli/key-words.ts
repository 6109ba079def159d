import type { SealedPlace } from '../../db/repositories/sealed.ts';

const places = {
  ledgerKeys: '把签名密钥',
  agents: '位工作人员的电话',
  roster: '条名册',
  applicants: '位申请人的密钥',
  evidencePlaces: '处照片的密钥',
  drafts: '张没提交的登记卡',
  imports: '份导入的名单',
  reportTexts: '段月报文字',
  inbox: '条留存的应答',
  outbox: '条消息',
  unitLists: '清单的文件',
  informationPieces: '篇稿件',
  informationAdoptions: '条撤销采用的原因',
} as const satisfies Record<SealedPlace, string>;

/** How many rows of what, for the operator: `12位申请人的密钥、3条消息`; `没有什么` for none. */
export function leftWords(rows: ReadonlyMap<SealedPlace, number>): string {
  return [...rows].map(([place, count]) => `${count}${places[place]}`).join('、') || '没有什么';
}
