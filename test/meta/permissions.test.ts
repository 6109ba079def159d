import { expect, it } from 'vitest';
import { audienceWords, stepButtons } from '../../cards/words.ts';
import { actionRights } from '../../src/actions/rights.ts';
import { commands } from '../../src/commands/index.ts';
import { belongsTo } from '../../src/domain/agent.ts';
import { type CaseStep, pressedSteps, stepRules } from '../../src/domain/case.ts';
import { type CaseParties, type Person, relationsTo } from '../../src/domain/permission.ts';
import { may, type Right, rights } from '../../src/domain/rights.ts';

const rightWords: Readonly<Record<Right, string>> = {
  ask: '问机器人、看事项',
  join: '申请加入',
  register: '登记、写草稿',
  useOwn: '用自己的登记卡、传材料、阅知',
  seeCase: '看这一件',
  handleApplicant: '看申请人完整信息、传材料、再办一件',
  seldomSteps: '中止、终止、转办的表',
  seeReadiness: '看、填七有',
  submitReport: '报送月报（镇里没有管理员的，由工作人员报）',
  receiveReports: '看各镇月报、退回、催报',
  seeFigures: '统计、排名、台账、名册、任务、七有汇总',
  keepLists: '公布、更新清单',
  keepTasks: '填任务',
  checkRatings: '抽查回访',
  keepInformation: '记信息工作',
  readBulletin: '看发布的通报',
  editBulletin: '写、发布、更正通报',
  decideApplication: '审批加入',
  changeStaff: '停用、调动、改身份',
  nameStandIn: '定代班（这里是登记人请假）',
  unbindGroup: '解绑群',
  bindGroup: '绑定群',
  changeSettings: '设置、还差什么',
  changeItem: '修改事项',
  importLists: '导入名单',
  exportApplicants: '导出完整信息',
  eraseApplicant: '删除个人信息',
  decideRetention: '确认到期删除',
};

const [BANNER, TOWN, VILLAGE, OTHER_VILLAGE, OTHER_TOWN, DEPARTMENT, OTHER_BANNER] = [1, 2, 3, 4, 5, 6, 7];
/** Registered in the village by its keeper, held by the town, of an item of the department. */
const parties: CaseParties = {
  ...{ keeperId: 1, keeperActive: true, registeringLine: [VILLAGE, TOWN, BANNER], holderLine: [TOWN, BANNER] },
  ...{ townId: TOWN, departmentId: DEPARTMENT },
};

const agent = (agentId: number, unitId: number, unitLevel: Person['unitLevel']): Person => ({
  ...{ agentId, unitId, unitLevel, role: 'agent' },
});
const clerk = agent(3, TOWN, 'town');
const bannerManager: Person = { ...agent(6, BANNER, 'banner'), role: 'manager' };
const people: Readonly<Record<string, Person | undefined>> = {
  不是工作人员: undefined,
  登记人: agent(1, VILLAGE, 'village'),
  本嘎查同事: agent(2, VILLAGE, 'village'),
  别的嘎查: agent(9, OTHER_VILLAGE, 'village'),
  承办的镇: clerk,
  替他代班的人: { ...agent(8, OTHER_VILLAGE, 'village'), standsInFor: [clerk] },
  别的镇: agent(10, OTHER_TOWN, 'town'),
  主管部门: agent(11, DEPARTMENT, 'department'),
  镇管理员: { ...agent(4, TOWN, 'town'), role: 'manager' },
  别的镇管理员: { ...agent(12, OTHER_TOWN, 'town'), role: 'manager' },
  部门管理员: { ...agent(5, DEPARTMENT, 'department'), role: 'manager' },
  旗管理员: bannerManager,
  替旗管理员代班的人: { ...agent(13, BANNER, 'banner'), standsInFor: [bannerManager] },
  别的旗管理员: { ...agent(14, OTHER_BANNER, 'banner'), role: 'manager' },
  系统管理员: { ...agent(7, BANNER, 'banner'), role: 'admin' },
};

/** The unit that a right is about: the town's own for its figures, reports and tasks, the banner for its office, the village's for its people and station. */
const ofTheTown: readonly Right[] = ['seeFigures', 'submitReport', 'keepTasks', 'keepLists'];
const ofTheBanner: readonly Right[] = [
  'receiveReports',
  'readBulletin',
  'editBulletin',
  'keepInformation',
  'checkRatings',
];
const lines: Readonly<Record<number, readonly number[]>> = {
  [BANNER]: [BANNER],
  [TOWN]: [TOWN, BANNER],
  [VILLAGE]: [VILLAGE, TOWN, BANNER],
  [OTHER_VILLAGE]: [OTHER_VILLAGE, TOWN, BANNER],
  [OTHER_TOWN]: [OTHER_TOWN, BANNER],
  [DEPARTMENT]: [DEPARTMENT, BANNER],
  [OTHER_BANNER]: [OTHER_BANNER],
};

function has(right: Right, person: Person | undefined): boolean {
  const of = ofTheTown.includes(right) ? TOWN : ofTheBanner.includes(right) ? BANNER : VILLAGE;
  const ownLine = lines[person?.unitId ?? 0] ?? [];
  return may(right, person, { parties, unitLine: lines[of] ?? [], ownerId: 1, ownLine, hasManager: true });
}

function takes(step: CaseStep, person: Person | undefined): boolean {
  return person !== undefined && stepRules[step].who.some((relation) => relationsTo(parties, person).has(relation));
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const mark = (yes: boolean) => (yes ? '是' : '');
const heading = (first: string) => [
  row([first, ...Object.keys(people)]),
  row(['---', ...Object.keys(people).map(() => ':-:')]),
];

const intro = `# 谁能做什么

由程序写出（\`npx vitest run test/meta/permissions.test.ts -u\`）。每次检查都照这些表：\`src/domain/rights.ts\`，代办件的步骤照 \`src/domain/case.ts\` 的
\`stepRules\`；\`test/services/permissions.test.ts\` 让每个人按遍所有按钮、打遍所有命令、发文件，一一核对。

举的例子：一件在嘎查登记、由镇承办的代办件，事项是一个旗直部门的。登记人跟进这件；“替他代班的人”在别的嘎查，替承办的镇里的人代班，“替旗管理员代班的人”在旗里。对着单位的权限，
统计、月报、任务、清单问的是这个镇，收月报、通报、信息、抽查问的是旗，人员、七有、群问的是这个嘎查。
`;

it('docs/PERMISSIONS.md says what the tables say', async () => {
  const all = Object.values(people);
  const buttonsOf = (right: Right) =>
    Object.values(actionRights).flatMap((one) => ('right' in one && one.right === right ? [one.words] : []));
  const text = [
    intro,
    '## 一件代办\n',
    ...heading('步骤'),
    row(['更正', ...all.map((person) => mark(takes('correct', person)))]),
    ...pressedSteps.map((step) => row([stepButtons[step], ...all.map((person) => mark(takes(step, person)))])),
    '\n状态、时间另有规则：办结以后的更正由管理员做，撤销只限十分钟内本人。\n',
    '## 别的权限\n',
    ...heading('权限'),
    ...(Object.keys(rights) as Right[]).map((right) =>
      row([rightWords[right], ...all.map((person) => mark(has(right, person)))]),
    ),
    '\n“用自己的登记卡”只有开卡的本人，这里是登记人。代班的人有所代同事的权限，系统管理员的除外；定代班要本人的权限，代来的不算。\n',
    '## 按钮\n',
    row(['权限', '按钮']),
    row(['---', '---']),
    ...(Object.keys(rights) as Right[])
      .filter((right) => buttonsOf(right).length > 0)
      .map((right) => row([rightWords[right], buttonsOf(right).join('、')])),
    '\n## 命令\n',
    row(['命令', '谁', '不是工作人员', '代办员', '管理员', '系统管理员']),
    row(['---', '---', ':-:', ':-:', ':-:', ':-:']),
    ...commands.map(({ name, audience }) => {
      const roles = [undefined, 'agent', 'manager', 'admin'] as const;
      return row([`/${name}`, wordsOf(audience), ...roles.map((role) => mark(belongsTo(audience, role)))]);
    }),
    '\n命令问到哪个单位、哪一件，再按上面的权限看。文件：系统管理员私信发来的 .xlsx 当名单读；别人的照片和 PDF 只当代办件的材料。\n',
  ];
  await expect(text.join('\n')).toMatchFileSnapshot('../../docs/PERMISSIONS.md');
});

function wordsOf(audience: (typeof commands)[number]['audience']): string {
  return audience === 'all' ? '所有人' : audienceWords[audience];
}
