/**
 * What only a real tenant can show, in the order in which it is looked at. `live-check` plays this list, and docs/LIVE-CHECK.md is
 * written from it.
 */
import { commandLine } from '../../build/typed-command.ts';
import type { Card } from '../../cards/card.ts';
import { trialCard } from '../../cards/trial.ts';
import { editedCard, galleryCard, heaviestCard, type LiveTrial, mentionCard, signsCard } from './live-cards.ts';

export interface LiveStep {
  /** Stays the same: reports refer to it. */
  readonly id: string;
  /** What is sent and what to do with it, or what to do with the running bot. */
  readonly does: string;
  /** What is to be seen, as a question can be asked of it. */
  readonly look: string;
  /** Why the look-alike cannot answer that. */
  readonly why: string;
  /** What to do when it looks otherwise. */
  readonly otherwise: string;
  /** What `live-check` sends; nothing where a person does it all with the running bot. */
  readonly card?: (trial: LiveTrial) => Card;
  /** What the card is changed into after a moment. */
  readonly edit?: () => Card;
  /** Sends an Excel file instead. */
  readonly file?: true;
  /** Sent only when the person says so: the phone must be locked before. */
  readonly whenReady?: true;
  /** Into the group that was named, not the private chat. */
  readonly inGroup?: true;
  /** A press is to arrive. */
  readonly press?: true;
}

const SCREEN = '记下客户端和版本号，报给开发的人';

export const liveSteps: readonly LiveStep[] = [
  {
    id: 'connection',
    does: '开着程序，在开放平台“事件与回调”的“事件配置”“回调配置”两个页签都存“使用长连接接收”；用 webhook 的，填好 Encrypt Key 后两个页签都存一次地址',
    look: '两个页签都能保存',
    why: '平台保存时当场核对连接，沙箱没有这一页',
    otherwise:
      '长连接存不上：程序没有连上，看 `connect`。地址存不上：看反向代理有没有把 `/lark/events` 原样转来，1 秒内要有回答',
  },
  {
    id: 'press',
    does: '私聊里收到“试一下”的卡片，点“点我”',
    look: '马上有“收到”的提示，卡片变成绿色的“收到了”',
    why: '消息和按钮是两处配置，一处通不等于另一处通；答复里带的卡片要平台认',
    otherwise:
      '显示 200340：回调配置没有存好，运行 `doctor --self-test` 看怎么改。200672、200673：答复的卡片被嫌，看日志',
    card: ({ token }) => trialCard({ title: '试一下', lines: ['请点下面的按钮。'], token }),
    press: true,
  },
  {
    id: 'required',
    does: '收到登记表（张三是编的）。先把“申请人姓名”删空，点“提交登记”',
    look: '客户端自己提示要填，没有发出去',
    why: '必填由客户端拦，各版本做法不一',
    otherwise: `没有拦：先提醒大家当心，程序会再核对一遍；${SCREEN}`,
    card: (trial) => galleryCard('registration-prefilled', trial),
  },
  {
    id: 'form',
    does: '又收到一张登记表。点开折叠的一栏，勾“自愿委托确认”，点“提交登记”',
    look: '折叠栏右边有箭头、点得开；勾选不报错；提交后有“收到”的提示，填的字还在',
    why: '表单里的勾选框、折叠栏、多行输入，真客户端比沙箱挑剔；收到的字段有没有少、日期怎么写，报告里会记下',
    otherwise: '勾选或提交显示 200340：勾选框的 `value` 被嫌，改 `cards/form.ts` 的 `checker`',
    card: (trial) => galleryCard('registration-prefilled', trial),
    press: true,
  },
  {
    id: 'choices',
    does: '收到选项很多的登记表，在手机上拉开“所在嘎查社区”和“办理事项”的下拉框',
    look: '能滑、能搜，最后一项也选得到',
    why: '一张卡片里上百个选项，手机能不能用只有手机知道',
    otherwise: '卡住或选不到：把 `cards/forms.ts` 里那个下拉框的 `optionsMax` 调小',
    card: (trial) => galleryCard('registration-many-options', trial),
  },
  {
    id: 'confirm',
    does: '收到一张待接收的件，打开折叠栏，点“撤回”；手机、电脑各一次，都点“取消”',
    look: '都先问一句，点取消就没有发出去',
    why: '按钮前的确认由客户端问，老版本可能不问',
    otherwise: `不问：点一下就算数，先提醒大家当心；${SCREEN}`,
    card: (trial) => galleryCard('case-forwarded-registrar', trial),
  },
  {
    id: 'charts',
    does: '收到全年统计，在手机和电脑上看；看完在下拉框里换一项',
    look: '柱图、折线有数有字；表格能翻页，第一列不动；换一项后有“收到”的提示',
    why: '图表由客户端画（7.27 起用 VChart 1.12.3），表格有 300 行',
    otherwise: '230099 带 200550：图表写法不认，看 `cards/charts.ts`。图空白：记下客户端版本号',
    card: (trial) => galleryCard('stats-year', trial),
    press: true,
  },
  {
    id: 'heaviest',
    does: '收到程序发得出的最大的一张卡片，从头滑到尾',
    look: '发到了，滑得动，没有少一截',
    why: '30 KB 是平台展开样式以后量的，元素个数也有自己的数法',
    otherwise: '230025 或 element exceeds：把 `cards/size.ts` 的 `CARD_BYTES_MAX` 调小',
    card: heaviestCard,
  },
  {
    id: 'long-text',
    does: '收到文字很长、表情很多的通知，在手机上看',
    look: '看得完，没有叠在一起，长句末尾是“…”',
    why: '换行和组合表情各客户端不同',
    otherwise: `叠在一起或少字：${SCREEN}`,
    card: (trial) => galleryCard('notice-long', trial),
  },
  {
    id: 'signs',
    does: '收到“特殊符号”的卡片，上下两段对着看',
    look: '两段一个字不差，没有变粗、变链接、变标题',
    why: '同一段文字，上面是纯文本，下面是转义过的 markdown；群众的名字和说明不能被当成格式',
    otherwise: '把不一样的那个符号记下来，改 `cards/kit.ts` 的 `escapeMarkdown`',
    card: () => signsCard(),
  },
  {
    id: 'mark',
    does: '收到一张已归档的件，看标题旁边',
    look: '“已归档”是灰底小标签',
    why: '标签的灰色名叫 `neutral`，标题栏的叫 `grey`，文档前后不一',
    otherwise: '发不出或变蓝：改 `cards/kit.ts` 的 `tag`',
    card: (trial) => galleryCard('case-archived', trial),
  },
  {
    id: 'edit',
    does: '收到“更新之前”的卡片，看它几秒钟',
    look: '自己变成绿色的“更新之后”，没有多出一张',
    why: '办一步改一张，全靠平台把旧卡片换掉',
    otherwise: '不变：看打印出来的代码；过 14 天的卡片平台不让改，这是正常的',
    card: () => editedCard(false),
    edit: () => editedCard(true),
  },
  {
    id: 'mention',
    does: '锁上手机，再按回车，等“点名”的卡片',
    look: '手机有提醒；打开看，自己的名字是蓝色的@',
    why: '轮到谁办就@谁；提醒不提醒由客户端和个人设置决定',
    otherwise: '名字成了一串字母：记下来报给开发的人。没有提醒：看手机的通知设置',
    card: ({ openId }) => mentionCard(openId),
    whenReady: true,
  },
  {
    id: 'private',
    does: '收到“查看申请人”的卡片（姓名电话是编的），长按它，试着转发',
    look: '收到了；不能转发',
    why: '企业的防泄密规则可能拦电话号码；能不能转发由客户端执行',
    otherwise: '收不到且有 230028：请企业管理员放行机器人，或改成口头告知。能转发：看卡片的 `enable_forward`',
    card: (trial) => galleryCard('case-reveal', trial),
  },
  {
    id: 'file',
    does: '收到一个 Excel 文件，在手机和电脑上打开',
    look: '文件名是中文，打得开，是单位名单的空表',
    why: '上传和文件名的编码走另一个接口，手机用自己的看表程序',
    otherwise: '没有文件：少权限 `im:resource`。文件名是乱码：看 `src/lark/client.ts` 的 `uploadFile`',
    file: true,
  },
  {
    id: 'group',
    does: '测试的群里收到一张办理中的件，两个人都看',
    look: '两个人看到的一样，姓名只有姓，电话中间是星号',
    why: '群里的卡片是大家共用的一张，点名和按钮对每个人都在',
    otherwise: '发不出：看打印出来的代码；230002 是机器人不在群里，230018 是只有群主能发言',
    card: (trial) => galleryCard('case-accepted-holder', trial),
    inGroup: true,
  },
  {
    id: 'private-chat',
    does: '手机打开和机器人的私聊，退出再进；发“帮助”；打一个“/”',
    look: '私聊有输入框和问候；“帮助”有回音；打“/”列出命令（客户端电脑 7.70、手机 7.71 起）',
    why: '输入框、问候、命令面板各是一项权限，要发布版本后才有',
    otherwise: '没有输入框：少 `im:message.p2p_msg:readonly` 或没有发布版本。没有命令面板：不影响使用，可选权限没有开',
  },
  {
    id: 'group-words',
    does: '把机器人拉进一个测试的群，发一句不带@的话，再@它',
    look: '先来一张绑定卡；不带@的话没有回音；@它有回音',
    why: '收群里的哪些话由权限决定，多开了会收到所有的话',
    otherwise: '不带@也收到：多开了权限 `im:message.group_msg`，请关掉',
  },
  {
    id: 'register',
    does: '在绑定的测试群里@它 `登记 低保 张三 13800000000`，填好提交；两个人同一秒点同一件的“接收”，来回几次',
    look: '提交后卡片变成代办件；两个人都有结果，几秒后卡片是新的',
    why: '平台在有人点的时候锁住卡片（`card action is lock`），要过一会儿再改',
    otherwise: '卡片一直旧着：看 `daiban_lark_errors_total` 和 `doctor` 的“没送到”',
  },
  {
    id: 'report',
    does: `运行 \`${commandLine('job report-reminder --at 2026-12-10T09:00+08:00')}\`（日期换成本月 10 日，没有到的换成上月），在月报卡上点“确认报送”`,
    look: '先问“确认报送？”，点确定才报送',
    why: '报送前的确认也由客户端问',
    otherwise: '不问：同“撤回”那一步',
  },
  {
    id: 'restart',
    does: '停程序 20 秒，期间私聊发“待办”，再启动；再撤回一句刚发的提问',
    look: '“待办”只答一次；撤回的那句，答了也不报错',
    why: '平台会重发没有送到的消息，断线多久还重发只有它知道',
    otherwise: '不答：超过平台的重发时间，再发一次。答两次：请报告',
  },
  {
    id: 'silenced',
    does: '测试群设成“仅群主发言”，办一步；改回来；把机器人移出再拉回',
    look: '发不出的都在 `doctor` 里，有原因和代码；改回来以后卡片补上',
    why: '各种发不出的代码不一，要归到“等一等”还是“不用等”',
    otherwise: '记下代码；不在 `src/lark/errors.ts` 里的请补上',
  },
  {
    id: 'calls',
    does: '在飞书管理后台看今天的接口（API）调用次数，和 `doctor` 的“平台调用”对一对',
    look: '上面这些合起来不到 200 次，两边差得不多',
    why: '免费版一个月只有 10000 次，全企业的自建应用共用',
    otherwise: '差得多：按每件的次数算一算够不够，报给开发的人',
  },
];
