/** What a reply to a case's card says: a step by its word, a question how it stands, or words that are a note. */
import type { CaseStep } from './case.ts';
import { readPlainWords } from './plain-words.ts';
import { normalised, withoutEnding } from './typed.ts';

/** What can be asked of a case besides its steps. `show`: its card; `reveal`: whom it is for. */
type Asked = Exclude<CaseStep, 'archive' | 'note'> | 'undo' | 'show' | 'reveal';

export type ReplyMeaning =
  | { readonly kind: 'asked'; readonly what: Asked }
  | { readonly kind: 'note'; readonly text: string }
  /** Nothing about the case: 谢谢, 你好, 怎么用. */
  | { readonly kind: 'other' };

/** The words of the card's buttons, and what people say for them. */
const spellings: Readonly<Record<Asked, readonly string[]>> = {
  accept: ['接收', '接件'],
  return: ['退回补正', '退回', '退件'],
  forward: ['重新转送', '转送'],
  escalate: ['转上级', '上转', '转上去'],
  complete: ['办结', '不予办理'],
  deliver: ['确认送达', '送达'],
  followUp: ['回访评价', '回访', '评价'],
  rectify: ['整改'],
  withdraw: ['撤回', '撤件', '不办了'],
  urge: ['催办', '催一下', '催催', '催'],
  correct: ['更正', '修改', '改一下'],
  undo: ['撤销', '收回', '点错了', '办错了'],
  suspend: ['中止', '暂停'],
  resume: ['恢复', '继续办'],
  terminate: ['终止'],
  handOver: ['转办', '转办给同事'],
  entrust: ['换人跟进', '转同事跟进'],
  show: ['查', '查看', '查询', '打开', '卡片', '看看', '进度', '进展'],
  reveal: ['查看申请人', '申请人'],
};

const asked: ReadonlyMap<string, Asked> = new Map(
  Object.entries(spellings).flatMap(([what, words]) => words.map((word) => [word, what as Asked] as const)),
);

const NOTE = /^(?:加说明|说明|备注)(?:[\s:：,，]+|$)/u;
const ENDING = /[\s,，、。.!！?？~～…]/u;
/** How it stands: 到哪了, 办好了吗, 有结果吗, ？ */
const QUESTION =
  /^(?:这件|这个|它)?(?:现在|都|已经)?(?:办?到(?:哪|什么)(?:里|儿|一步|步|地步)?了?|办?得?怎么?样了?|办?(?:好|完|成|结)了?没有?|(?:办?(?:好|完|成|结)了?|有结果了?)[吗么]|什么(?:情况|状态|进度))(?:[吗么呢啊])?$/u;

/**
 * A step's word alone, or with other words behind a sign or a blank, asks for the step: whoever writes 撤回 and why must not believe
 * that it is done when it was only noted down. A sentence that begins with such a word (接收不到短信) is a note.
 * @param text the line as typed, with or without a slash.
 */
export function readReply(text: string): ReplyMeaning {
  const line = normalised(text, 'NFC')
    .trim()
    .replace(/^[/／]+\s*/u, '');
  const bare = withoutEnding(line, ENDING);
  if (bare === '' || QUESTION.test(bare)) return { kind: 'asked', what: 'show' };
  const [, word = ''] = /^([^\s:：,，。]+)/u.exec(bare) ?? [];
  const what = asked.get(word);
  if (what) return { kind: 'asked', what };
  if (NOTE.test(line)) return { kind: 'note', text: line.replace(NOTE, '').trim() };
  const plain = readPlainWords(line);
  if (plain?.kind === 'change') return { kind: 'asked', what: 'correct' };
  const isChat = plain !== undefined && plain.kind !== 'find';
  return isChat ? { kind: 'other' } : { kind: 'note', text: line };
}
