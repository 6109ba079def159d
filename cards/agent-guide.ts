/**
 * 代办员一页纸: how an agent works with the bot, in the fewest words. `/帮助` opens it, `docs/AGENT.md` and the sheet for printing
 * (`npm run agent-sheet`) are written from it. Buttons are named by their own labels.
 */
import { registrationForm } from './forms.ts';
import { NO_PHONE_WORD, stepButtons } from './words.ts';

export interface GuidePart {
  readonly title: string;
  /** One thing to do each, without personal data. */
  readonly lines: readonly string[];
}

export const GUIDE_TITLE = '代办员一页纸';

const consent = registrationForm.consent.label;

export const agentGuide: readonly GuidePart[] = [
  {
    title: '登记一件',
    lines: [
      '私聊我，一句话：登记 低保 张三 13800000000。几位群众就写几行，一行一位，最多20位。',
      '或者只发“登记”，在卡片上填。在群里要先@我；姓名电话只填在卡片里，群里看到的是张*、138****0000。',
      `看一遍，勾“${consent}”，点“提交登记”。没有手机的，电话写“${NO_PHONE_WORD}”，再填联系人。`,
      '有材料：在这件的卡片上点“传材料”，再把照片私信发给我。',
    ],
  },
  {
    title: '登记以后',
    lines: [
      '轮到您了，我会在群里@您，卡片上写着下一步。想看还有哪些，发“待办”；找一件，发编号，或私聊发姓名、手机尾号。',
      `被退回补正：缺的材料卡片上都写着，一次补齐，点“${stepButtons.forward}”。补材料的日子不算在时限里。`,
      '要给群众一张受理单、告知单：在卡片上点“打印”，Word 文件私信发给您。',
      `等久了：点“${stepButtons.urge}”，每个工作日一次。`,
      `办结了：把结果交给群众，点“${stepButtons.deliver}”；再问群众满意不满意，点“${stepButtons.followUp}”，最好由没经办的同事来问。`,
      `弄错了：刚点的，十分钟内点“撤销”；登记填错的，办结以前点“${stepButtons.correct}”；群众不办了，点“${stepButtons.withdraw}”。`,
    ],
  },
  {
    title: '群里不写这些',
    lines: [
      '群众的姓名、电话、身份证号、住址、病情，也不发群众的证件和照片。说哪一件，写编号，或者回复那张卡片。',
      '要看全名和电话：点“查看申请人”，只私信给您，并记入台账。',
      '已经发出去了：在飞书里长按那条消息，马上撤回。',
    ],
  },
  {
    title: '每月15日的月报',
    lines: [
      '便民服务中心报，便民服务站的代办员不用报，月底前把办好的件点到送达就行。',
      '10、13、14、15日我会提醒：点“看草稿、填文字”，核对数字，点“确认报送”。15日休息的，提醒上写着最后一个工作日。',
    ],
  },
  {
    title: '办不成的时候',
    lines: [
      '没有网、我不回答：先登记在纸上（姓名、电话、事项、日期，请群众签字），别让群众再跑一趟。有网了再登记，备注写“×月×日纸质登记”。',
      '点了没反应：再点一次，不会办两遍。提示没办成的，会说为什么、找谁。',
      '请假：发“代班 同事姓名 12月1日至12月5日”，这几天的件和提醒都到同事那里。',
    ],
  },
  {
    title: '问谁',
    lines: [
      '怎么办理、要什么材料：发“事项 低保”看清单，或者问便民服务中心。',
      '机器人的事：发“帮助”，最下面有系统管理员的名字。',
    ],
  },
];
