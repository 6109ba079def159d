/** What an agent is there for, in the plan's own words: Annex 3 (towns), Annex 4 (villages), section 8 (banner, departments). */
import type { UnitLevel } from './unit.ts';

const common = [
  '负责将办理好的材料和结果送交申请人，并做好资料归档、满意度评价回访及帮代办全过程信息记录工作，形成工作台账。',
  '负责妥善保管好相关资料，严格按照规定的操作程序进行办理，并及时将办理情况告知申请人。',
] as const;

const townDuties = [
  '负责解答、咨询、受理、办理帮代办申请。',
  '负责将受理的代办件送交各级政务服务中心帮代办窗口。',
  ...common,
  '负责掌握苏木乡镇基本情况和帮代办事项相关的法律法规政策等，积极宣传帮办代办工作。',
] as const;

const villageDuties = [
  '负责解答、咨询、受理、办理帮代办申请。',
  '负责将受理的代办件送交苏木乡镇便民服务中心帮代办窗口或各级政务服务中心帮代办窗口。',
  ...common,
  '负责掌握嘎查社区基本情况和帮代办事项相关的法律法规政策等，积极宣传帮办代办工作。',
] as const;

const bannerDuties = ['与基层代办员形成联动机制，做好业务指导，提高帮办代办水平。'] as const;

/** Where in the plan they stand. */
export function dutiesSource(level: UnitLevel): string {
  if (level === 'village') return '方案附件4';
  return level === 'town' ? '方案附件3' : '方案第8条';
}

export function dutiesOf(level: UnitLevel): readonly string[] {
  if (level === 'village' || level === 'outlet') return villageDuties;
  return level === 'town' ? townDuties : bannerDuties;
}
