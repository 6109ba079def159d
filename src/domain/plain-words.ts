/** What a line asks for that names no command: `你好`, `26-01-00003`, `张三的低保办好了吗`, `改电话`. */
import { parseCaseNumber } from './case-number.ts';
import { isMaskedPhone } from './person.ts';
import { takeNumbers } from './prefill-numbers.ts';
import { isChineseName } from './second-person.ts';
import { normaliseDigits } from './spelling.ts';
import { normalised, withoutEnding } from './typed.ts';

export type PlainWords =
  | { readonly kind: 'hello' | 'thanks' | 'howTo' | 'join' | 'mine' | 'overdue' }
  /** How what was registered is put right; `number` if the line names the case. */
  | { readonly kind: 'change'; readonly number: string | undefined }
  /** The word of a button alone: it says what, not on which case. */
  | { readonly kind: 'step'; readonly label: string }
  /** `低保怎么办`, `低保要什么材料`: what is asked about, should it be an item. */
  | { readonly kind: 'item'; readonly words: string }
  /** `帮张三办低保`: a line to register by, should it name an item. */
  | { readonly kind: 'register'; readonly line: string }
  /** `sure`: it can mean nothing else. A word by itself is only a name when somebody of that name is found. */
  | { readonly kind: 'find'; readonly words: string; readonly sure: boolean };

const COURTESY =
  /^(?:(?:你好|您好|请问|麻烦[您你]?|劳驾|帮我|帮忙|请(?!假)|我想|我要|想要?)(?:[\s,，、!！。]+|(?=\p{L}|\d)))+/u;
const ENDING = /[\s,，、。.!！?？~～…]/u;

/** Whole lines, without signs at their end. */
const whole: readonly (readonly ['hello' | 'thanks' | 'howTo' | 'join' | 'mine' | 'overdue', RegExp])[] = [
  [
    'hello',
    /^(?:[你您]好[啊呀]?|大家好|在[吗么嘛]?|在不在|有人[吗么]|hi|hello|嗨|哈[喽啰]|喂|早|(?:早上|上午|中午|下午|晚上)好)$/iu,
  ],
  [
    'thanks',
    /^(?:好的?[,，\s]*)?(?:(?:非常)?(?:谢谢|多谢|感谢)[你您啦了哈]?|辛苦[了啦您你]*|麻烦[了啦您你]*|thanks|thank you)$|^(?:好的?|收到|知道了|明白了?|ok)$/iu,
  ],
  [
    'join',
    /^(?:重新)?(?:申请|报名|注册|加入)(?:加入|注册|登记|成为|当|做)*(?:代办员?|便民代办)?$|^(?:怎么|如何)?(?:成为|当|做)代办员$|^(?:怎么|如何)(?:申请|加入|注册)$/u,
  ],
  [
    'howTo',
    /^(?:这个|机器人)?(?:怎么|如何|怎样|咋)(?:使用?|操作|用|弄|玩|登记|代办|办|[查看](?:进度|结果|办件)?)(?:[啊呀呢的])?$|^(?:使用)?(?:说明书?|教程|功能|指南)$|^你(?:会|能|可以)?(?:是谁|干|做)(?:什么|啥|嘛)?$|^有(?:什么|哪些|啥)(?:功能|用)$|^不会用$|^教(?:教)?我$/u,
  ],
  [
    'mine',
    /^我(?:的|登记的|登的|经办的|办的|手[上里]的?)(?:代办件?|办件|待办|件|单子?|事情?)?(?:都|现在)?(?:(?:办?到哪|办得?怎么样|怎么样|办好|办完|什么情况|有结果).{0,4}|在哪.{0,2})?$|^(?:我|今天|还)?(?:还?有)?(?:什么|哪些|啥)(?:件|事)?(?:要|没|待|该)办的?(?:件|事)?$|^(?:今天|我)(?:要|该)办(?:什么|哪些|啥)$|^(?:我的|有没有|有)?(?:快到期|到期)的?(?:件|代办件)?[吗么]?$/u,
  ],
  ['overdue', /^(?:我的|有没有|有|哪些|哪几件|谁)?(?:超期|逾期)了?的?(?:在办)?(?:件|代办件)?(?:有哪些|多少|[吗么])?$/u],
];

const FIELDS = '电话|手机|号码|姓名|名字|身份证|住址|地址|村|事项|备注|方式|登记|资料|信息';
const change = new RegExp(
  `^(?:改|更正|修改|更改|变更|换)(?:一?下|掉)?(?:${FIELDS})|(?:${FIELDS})号?码?(?:(?:写|填|登|打|输|搞|弄)?(?:记)?错|(?:改|换|变)(?:成|为|了|一下))|^(?:登记?|填|写|打|输)错|^更正`,
  'u',
);

/** Words that stand on the card's buttons, and what people say for them. */
const STEP =
  /^(?:撤回|撤销|取消|催一?下|催办|催|接收|退回(?:补正)?|补正|重新转送|转上级|转送|办结|确认送达|送达|回访(?:评价)?|评价|整改|打开|查看)\s*[:：]?\s*/u;
/** Buttons of a case's card, each with what people say for it. */
const steps: readonly (readonly [string, RegExp])[] = [
  ['撤回', /^(?:撤回|撤件|取消(?:登记|代办)?|不办了)$/u],
  ['撤销', /^(?:撤销|反悔|点错了|按错了)$/u],
  ['催办', /^(?:催|催一?下|催办)$/u],
  ['接收', /^接收$/u],
  ['退回补正', /^(?:退回|退回补正|退件)$/u],
  ['转上级', /^转上级$/u],
  ['转办', /^(?:转办|转给同事|换人办)$/u],
  ['办结', /^(?:办结|办完了?|办好了?)$/u],
  ['确认送达', /^(?:确认送达|送达)$/u],
  ['回访评价', /^(?:回访|评价|回访评价)$/u],
  ['更正', /^更正$/u],
  ['再办一件', /^再办(?:一件|一个)?$/u],
  ['传材料', /^(?:传|发|上传)(?:材料|照片|图片)$/u],
];
const ITEM_QUESTION =
  /^(?<words>.{1,40}?)(?:要|得|应该|该)?(?:怎么|如何|怎样|咋)(?:办理?|申请|弄|登记)(?:[啊呀呢的])?$|^(?:办理?|申请)?(?<of>.{1,40}?)(?:都)?(?:需要|要|得|需)?(?:带|准备|交|提供)?(?:什么|哪些|啥)(?:样的)?(?:材料|手续|资料|东西|证件|条件)?$/u;
const ERRAND =
  /^(?:(?:帮|给|替|为)\s?\S.{0,60}?(?:代办|帮办|办理?|申请|登记)|(?:代办|帮办|办理?|申请|登记))(?![好完成结到得了过的])/u;
const SEEK = /^(?:查询|查找|查一查|查|找|搜|看(?=一?下|看))(?:一?下|看看?|看)?\s*[:：]?\s*/u;
/** How it stands; what is before it says with whom. */
const QUESTION =
  /(?:现在|都|已经|今天)?(?:办(?:好|完|成|下来|结)了?|办?到(?:哪|什么)(?:里|儿|一步|步|地步)?了?|办?得?怎么?样了?|好了|完了|有(?:没有)?结果了?|批(?:下来)?了?|送到?了|(?:是?什么|啥)(?:情况|状态)|(?:的)?(?:进度|进展|情况|状态)|呢)(?:没有?|[吗么嘛])?$/u;

/** undefined when it says nothing that is known. @param text the line without slash. */
export function readPlainWords(text: string): PlainWords | undefined {
  const typed = withoutEnding(normalised(text, 'NFKC').trim(), ENDING);
  const bare = whole.find(([, words]) => words.test(typed));
  if (bare) return { kind: bare[0] };
  const line = typed.replace(COURTESY, '');
  const asked = whole.find(([, words]) => words.test(line));
  if (asked) return { kind: asked[0] };
  const number = numberIn(line);
  const wanted = line.replace(/^(?:怎么|如何|怎样|咋)/u, '');
  const step = steps.find(([, words]) => words.test(wanted));
  if (step) return { kind: 'step', label: step[0] };
  if (change.test(line)) return { kind: 'change', number };
  if (number !== undefined) return { kind: 'find', words: number, sure: true };
  const isErrand = ERRAND.test(line) && !QUESTION.test(line);
  return itemQuestion(line) ?? (isErrand ? { kind: 'register', line } : seekingWords(line));
}

/** `给我看看待办` → 待办: the line without the words that only ask for it. */
export function withoutAsking(text: string): string {
  const line = normalised(text, 'NFKC').trim().replace(COURTESY, '');
  return line.replace(/^给我\s*/u, '').replace(/^(?:看一?下|看看|查看|打开|发一?下|发)\s*/u, '');
}

/** What the line means should it name no item after all. */
export function readWithoutItem(text: string): PlainWords | undefined {
  const line = withoutEnding(normalised(text, 'NFKC').trim(), ENDING).replace(COURTESY, '');
  return seekingWords(line);
}

function itemQuestion(line: string): PlainWords | undefined {
  const { words, of } = ITEM_QUESTION.exec(line)?.groups ?? {};
  const about = (words ?? of ?? '').trim();
  return about === '' ? undefined : { kind: 'item', words: about };
}

/** `一下孙七` behind 查, `张三的低保办好了吗`: the words by which somebody is looked for. */
export function soughtWords(text: string): string {
  const line = withoutEnding(normalised(text, 'NFKC').trim(), ENDING);
  const asked = line.replace(/^(?:一?下|看看?)\s*/u, '').replace(QUESTION, '');
  const who = asked
    .replace(/^(.{1,20}?)的.*$/u, '$1')
    .replace(/^(?:帮|给|替)(.{2,}?)(?:申请|办理?|登记)?$/u, '$1')
    .trim();
  return who === '' ? line : who;
}

function seekingWords(line: string): PlainWords | undefined {
  const sought = line.replace(STEP, '').replace(SEEK, '');
  const words = soughtWords(sought);
  const asks = sought !== line;
  if (words === '' || words.length > 40) return undefined;
  const phone = asks || QUESTION.test(sought) ? takeNumbers(words).phone : undefined;
  if (phone !== undefined) return { kind: 'find', words: phone, sure: true };
  if (isMaskedPhone(words)) return { kind: 'find', words, sure: true };
  if (/^[第#]?[\d\s-]{1,20}[号件]?$/u.test(normaliseDigits(words))) return { kind: 'find', words, sure: true };
  if (!/^[\p{L}\p{M}·•・.\s*]+(?:\s\d{4})?$/u.test(words)) return undefined;
  const sure = asks || /^\p{L}{1,3}\*+$/u.test(words) || (words !== sought && isChineseName(words));
  return { kind: 'find', words, sure };
}

function numberIn(line: string): string | undefined {
  const found = /(?<!\d)\d{2}\s?[\p{Pd}−ー_]\s?\d{1,2}\s?[\p{Pd}−ー_]\s?\d{1,5}(?!\d)/u.exec(normaliseDigits(line));
  return parseCaseNumber(found?.[0] ?? line);
}
