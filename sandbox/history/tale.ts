/** How one errand goes: mostly well, sometimes back for papers, to a department, to a refusal or to a bad rating. Pure. */
import type { DeliveryWay, Outcome, Rating, ServiceWay } from '../../src/domain/case.ts';
import type { Dice } from './dice.ts';

/** Where errands are registered and dealt with, by open id. */
export interface Desk {
  readonly registrars: readonly [string, ...string[]];
  readonly clerks: readonly [string, ...string[]];
  /** Whom 低保 is passed up to, in its department. */
  readonly above: string;
  readonly manager: string;
  readonly village: string;
  /** A station at the village may finish some things at once. */
  readonly isStation: boolean;
  /** Of a hundred errands so many are registered here. */
  readonly share: number;
}

export interface Registration {
  readonly name: string;
  readonly phone: string;
  readonly item: string;
  readonly village: string;
  readonly way: ServiceWay;
  readonly onTheSpot: boolean;
}

export type Doing =
  | { readonly step: 'register'; readonly registration: Registration }
  | { readonly step: 'accept' }
  | { readonly step: 'return' | 'forward' | 'escalate' | 'rectify' | 'withdraw'; readonly note: string }
  | { readonly step: 'complete'; readonly outcome: Outcome; readonly note: string; readonly advice: string }
  | { readonly step: 'deliver'; readonly way: DeliveryWay }
  | { readonly step: 'followUp'; readonly rating: Rating; readonly comment: string };

/** `after`: working days since the part before. */
export type Part = { readonly by: string; readonly after: number } & Doing;

const surnames = ['王', '李', '张', '包', '白', '赵', '刘', '陈', '孟', '敖', '吴', '何', '杜', '金', '韩'] as const;
const givenNames = [
  '玉兰',
  '建国',
  '秀英',
  '志强',
  '桂花',
  '明',
  '丽',
  '巴雅尔',
  '其其格',
  '永福',
  '海燕',
  '军',
] as const;
const townItems = [
  '老年人福利补贴',
  '临时救助对象认定、救助金给付',
  '困难残疾人生活补贴和重度残疾人护理补贴发放',
] as const;
const villageItems = ['城乡居民参保登记', '失业登记', '城乡居民参保信息变更登记'] as const;
/** Towns may pass it up to the department. */
const DEPARTMENT_ITEM = '最低生活保障对象认定';
const ways = ['counter', 'doorstep', 'counter', 'mobileCounter'] as const;
const missing = ['户口本复印件', '家庭收入证明', '银行卡复印件', '近期照片两张'] as const;
const praise = ['不出嘎查就办好了', '很快', '态度好', '', ''] as const;

const granted = { step: 'complete', outcome: 'granted', note: '', advice: '' } as const;
const refused = {
  step: 'complete',
  outcome: 'refused',
  note: '家庭人均收入高于标准',
  advice: '收入有变化时可以重新申请，也可以问问临时救助',
} as const;

/** What is done to an errand, from its registration to its end. */
export function tale(dice: Dice, desk: Desk): readonly Part[] {
  const fate = dice.between(1, 100);
  const registrar = dice.pick(desk.registrars);
  const registration = registrationOf(dice, desk, fate);
  const first: Part = { after: 0, by: registrar, step: 'register', registration };
  if (registration.onTheSpot) return [first, ...home(dice, desk, { registrar, fate })];
  if (fate > 97) return [first, { after: 1, by: registrar, step: 'withdraw', note: '群众改主意，暂不办理' }];
  return [first, ...middle(dice, desk, { registrar, fate }), ...home(dice, desk, { registrar, fate })];
}

function registrationOf(dice: Dice, { village, isStation }: Desk, fate: number): Registration {
  const onTheSpot = isStation && fate <= 18;
  return {
    name: `${dice.pick(surnames)}${dice.pick(givenNames)}`,
    phone: `138${dice.between(10_000_000, 99_999_999)}`,
    item: onTheSpot ? dice.pick(villageItems) : fate <= 45 ? DEPARTMENT_ITEM : dice.pick(townItems),
    village,
    way: dice.pick(ways),
    onTheSpot,
  };
}

interface Course {
  readonly registrar: string;
  readonly fate: number;
}

/** In the hands of the town, and of the department where it is passed up. */
function middle(dice: Dice, { clerks, above }: Desk, { registrar, fate }: Course): Part[] {
  const clerk = dice.pick(clerks);
  const papers = `缺${dice.pick(missing)}`;
  const back: Part[] = [
    { after: 0, by: clerk, step: 'return', note: papers },
    { after: dice.between(1, 3), by: registrar, step: 'forward', note: '材料已补齐' },
  ];
  const up: Part[] = [
    { after: 0, by: clerk, step: 'escalate', note: '请民政部门审核' },
    { after: 1, by: above, step: 'accept' },
    { after: dice.between(1, 5), by: above, ...(fate % 3 === 0 ? refused : granted) },
  ];
  const isPassedUp = fate > 18 && fate <= 26;
  const isReturned = fate > 40 && fate <= 54;
  const days = fate > 93 ? 24 : dice.between(0, 6);
  const end: Part = { after: days, by: clerk, ...(fate > 54 && fate <= 60 ? refused : granted) };
  return [
    ...(isReturned ? back : []),
    { after: fate > 90 ? 3 : 0, by: clerk, step: 'accept' },
    ...(isPassedUp ? up : [end]),
  ];
}

/** Brought home, asked after, and where that went badly put right. */
function home(dice: Dice, { manager }: Desk, { registrar, fate }: Course): Part[] {
  const isBad = fate > 84 && fate <= 91;
  const rating = isBad ? 2 : dice.pick([5, 5, 5, 4, 4, 3] as const);
  const comment = isBad ? '等得太久，没人告诉进度' : dice.pick(praise);
  return [
    {
      after: dice.between(0, 1),
      by: registrar,
      step: 'deliver',
      way: dice.pick(['doorstep', 'pickup', 'phone'] as const),
    },
    { after: dice.between(1, 3), by: registrar, step: 'followUp', rating, comment },
    ...(isBad ? [{ after: 4, by: manager, step: 'rectify', note: '已上门道歉，约定办理中每周告知进度' } as const] : []),
  ];
}
