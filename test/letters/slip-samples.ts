/** A case of which every paper can be made, in the words and numbers of an ordinary one. */
import { slipWords } from '../../cards/words.ts';
import type { Slip } from '../../src/domain/slip.ts';
import { sheetFor } from '../../src/letters/slip.ts';
import type { SlipSheet } from '../../src/letters/slip-sheet.ts';
import type { SlipView } from '../../src/services/case/view-slip.ts';

const materials = [
  '居民身份证、户口簿原件及复印件',
  '家庭成员收入证明（工资、养老金、承包收入等）',
  '家庭经济状况核对授权书',
  '残疾证、重大疾病诊断证明（有的提供）',
  '房屋产权或者租赁证明',
  '近期一寸照片2张',
];

export const ordinaryCase: SlipView = {
  caseNumber: '26-01-00001',
  externalNumber: '150724-2026-000123',
  itemName: '最低生活保障对象认定',
  department: '民政部门',
  applicant: {
    name: '张三丰',
    phone: '13812341234',
    idNumber: '990101199001010019',
    address: '呼格吉勒街88号楼3单元402室',
    contact: { relation: 'child', name: '萨日朗', phone: '13911112222' },
  },
  residence: '巴彦托海镇安达社区',
  registering: { name: '安达社区', center: '安达社区便民服务站', nameMongolian: 'Анда нийгэмлэг' },
  keeperName: '阿达',
  holder: {
    name: '巴彦托海镇',
    center: '巴彦托海镇便民服务中心',
    nameMongolian: 'ᠪᠠᠶᠠᠨᠲᠣᠬᠠᠢ ᠪᠠᠯᠭᠠᠰᠤ',
  },
  handlerName: '王芳',
  bannerName: '鄂温克族自治旗',
  today: '2026-11-23',
  registeredDay: '2026-11-23',
  acceptedDay: '2026-11-23',
  promisedDays: 5,
  dueDay: '2026-11-30',
  remainingDays: null,
  materials: materials.map((name, index) => ({ name, there: index < 2 })),
  returned: null,
  completion: {
    day: '2026-11-27',
    note: '家庭人均月收入1,850元，超过本旗城市低保标准。',
    advice: '可以申请临时救助，到便民服务中心2号窗口咨询。',
  },
  deliveryWay: 'doorstep',
  suspension: { day: '2026-11-24', reason: 'applicant', note: '等残疾证换发' },
  termination: { day: '2026-11-25', reason: 'papersLate', note: '两次提醒仍未补交', advice: '备齐后重新登记' },
  withdrawal: null,
};

export function sheetOf(slip: Slip, type: SlipSheet['type'], view: SlipView = ordinaryCase): SlipSheet {
  const note = `王芳 2026年11月23日 10:01 生成，代办件 ${view.caseNumber}`;
  return { ...sheetFor(slip, view), title: slipWords[slip], code: view.caseNumber, note, type };
}
