/** What right each button asks for: the compiler misses a button that has none. What decides is `src/domain/rights.ts`, in the services. */
import type { ActionName } from '../../cards/action-values.ts';
import { stepButtons } from '../../cards/words.ts';
import { type CaseStep, pressedSteps } from '../domain/case.ts';
import type { Right } from '../domain/rights.ts';

/** `words`: what it is called in the document. A step's right stands in `stepRules`. */
export type ActionRight = ({ readonly right: Right } | { readonly step: CaseStep }) & { readonly words: string };

type StepAction = `case.${(typeof pressedSteps)[number]}`;

/** Guarantee: each pressed step has its button. */
const stepRights = Object.fromEntries(
  pressedSteps.map((step) => [`case.${step}`, { step, words: stepButtons[step] }]),
) as Record<StepAction, ActionRight>;

export const actionRights: Readonly<Record<ActionName, ActionRight>> = {
  ...stepRights,
  'case.takeOver': { step: 'handOver', words: '转给我办（承办）、转给我跟进（登记单位）' },
  'case.register': { right: 'useOwn', words: '提交登记' },
  'case.undo': { right: 'seeCase', words: '撤销、收回（只有办这一步的人）' },
  'draft.item': { right: 'useOwn', words: '选事项' },
  'draft.next': { right: 'useOwn', words: '登记下一位' },
  'list.register': { right: 'useOwn', words: '全部登记' },
  'list.open': { right: 'useOwn', words: '打开一行' },
  'case.reveal': { right: 'handleApplicant', words: '查看申请人' },
  'case.again': { right: 'handleApplicant', words: '再办一件' },
  'case.correct': { step: 'correct', words: '确认更正' },
  'case.askCorrect': { step: 'correct', words: '更正' },
  'case.askMore': { right: 'seldomSteps', words: '中止、终止、转办' },
  'case.askErase': { right: 'eraseApplicant', words: '删除个人信息' },
  'case.erase': { right: 'eraseApplicant', words: '确认删除' },
  'retention.decide': { right: 'decideRetention', words: '确认按期删除、暂不' },
  'case.open': { right: 'seeCase', words: '打开' },
  'papers.start': { right: 'handleApplicant', words: '传材料' },
  'papers.done': { right: 'useOwn', words: '传完了' },
  'papers.choose': { right: 'useOwn', words: '是这一件的' },
  'papers.name': { right: 'useOwn', words: '是哪样材料' },
  'papers.show': { right: 'handleApplicant', words: '查看材料' },
  'case.explainDue': { right: 'seeCase', words: '期限怎么算' },
  'agent.apply': { right: 'join', words: '申请成为代办员' },
  'agent.introduce': { right: 'register', words: '登记自己的姓名（第一位系统管理员）' },
  'agent.approve': { right: 'decideApplication', words: '通过' },
  'agent.reject': { right: 'decideApplication', words: '不通过' },
  'agent.askChange': { right: 'changeStaff', words: '是这一位' },
  'agent.change': { right: 'changeStaff', words: '确认停用、调动、改身份' },
  'agent.keep': { right: 'ask', words: '不改了' },
  'standIn.name': { right: 'nameStandIn', words: '确定代班（本人也能定）' },
  'standIn.end': { right: 'nameStandIn', words: '提前结束代班（本人、代班的人也能）' },
  'unit.bind': { right: 'bindGroup', words: '绑定' },
  'unit.rebind': { right: 'bindGroup', words: '改绑' },
  'unit.keep': { right: 'bindGroup', words: '不改绑' },
  'report.submit': { right: 'submitReport', words: '确认报送' },
  'report.undo': { right: 'register', words: '撤销报送（只有报送的人）' },
  'stats.show': { right: 'seeFigures', words: '统计' },
  'stats.cases': { right: 'seeFigures', words: '数字后面的件' },
  'stats.export': { right: 'seeFigures', words: '导出统计' },
  'ledger.askFull': { right: 'exportApplicants', words: '导出完整信息' },
  'ledger.full': { right: 'exportApplicants', words: '确认导出' },
  'rank.show': { right: 'seeFigures', words: '排名' },
  'rank.export': { right: 'seeFigures', words: '导出排名' },
  'setting.list': { right: 'changeSettings', words: '设置' },
  'setting.ask': { right: 'changeSettings', words: '改' },
  'setting.change': { right: 'changeSettings', words: '保存' },
  'setting.checklist': { right: 'changeSettings', words: '还差什么' },
  'import.template': { right: 'importLists', words: '空表' },
  'import.confirm': { right: 'importLists', words: '确认导入' },
  'import.faults': { right: 'importLists', words: '下载有问题的行' },
  'import.cancel': { right: 'importLists', words: '不导入' },
  'import.retire': { right: 'importLists', words: '停用名单里没有的' },
  'item.ask': { right: 'changeItem', words: '修改事项' },
  'item.preview': { right: 'changeItem', words: '先看改了什么' },
  'item.change': { right: 'changeItem', words: '确认修改事项' },
  'item.withdraw': { right: 'changeItem', words: '撤回定好的修改' },
  'roster.export': { right: 'seeFigures', words: '导出名册' },
  'task.show': { right: 'seeFigures', words: '任务' },
  'task.open': { right: 'keepTasks', words: '填任务' },
  'task.save': { right: 'keepTasks', words: '保存任务' },
  'task.export': { right: 'seeFigures', words: '导出任务台账' },
  'readiness.show': { right: 'seeFigures', words: '七有' },
  'readiness.place': { right: 'seeReadiness', words: '一个中心或站的七有' },
  'readiness.save': { right: 'seeReadiness', words: '保存七有' },
  'readiness.check': { right: 'seeReadiness', words: '一项' },
  'readiness.saveCheck': { right: 'seeReadiness', words: '保存一项' },
  'duties.read': { right: 'useOwn', words: '已阅知' },
  'command.run': { right: 'ask', words: '代发一条命令（按命令的权限）' },
};
