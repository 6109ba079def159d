/** Which of the words of a typed line are the applicant's name. */
import { parseName } from './name.ts';
import { KIN } from './second-person.ts';

/** `name`, or `nameWords` when neighbouring words may be one name or more. */
type FoundName = { readonly name: string } | { readonly nameWords: readonly string[] };

const WORD_LENGTH_MAX = 20;
/**
 * Han characters of a word that may be a part of a name. Beside a short first word (张三) a longer one is a remark; beside a long one
 * (阿卜杜热西提 买买提吐尔逊) it may be the second half.
 */
const SHORT_PART_MAX = 4;
const LONG_PART_MAX = 8;
/** Has no second half beside it. */
const PLACE = /.{2}(?:嘎查|社区|苏木|村|镇|乡|旗)$/u;
/** Ganbold, Batbayar and two more; a longer row of words is a sentence. */
const LETTER_PARTS_MAX = 4;
/** Single characters that stand beside a name without being part of it: 给 张三 办. */
const particles = new Set([
  ...'办给替帮为代让请要来想的',
  ...'想办 要办 来办 帮办 代办 想要 需要 帮忙 办理 我要 我想'.split(' '),
]);
/** What hangs on to a name in a sentence without blanks: 帮张三想办个. A name of one character would be left of 李想. */
const BEFORE_NAME = /^(?:帮|给|替)(?=\p{sc=Han}{2})/u;
const WISH = '(?:想要?|需?要|来)';
const VERB = '(?:办理?|补办|申请|弄|搞)';
/** 个体户 and 下岗证 are errands. */
const COUNTED = '(?:一[个下张份件]|个(?![体人])|下(?![岗乡])|[张份件])';
const BEHIND_NAME = new RegExp(
  `(?<=\\p{sc=Han}{2})(?:${WISH}?(?:办理?|补办|弄|搞)${COUNTED}?|${WISH}申请${COUNTED}?)$`,
  'u',
);
/** 张三想办个老年证, 给王奶奶办证明: name and errand, with a word between them that no name has. */
const NAME_AND_ERRAND = new RegExp(
  `^(?:(?:帮|给|替)(?<helped>\\p{sc=Han}{2,5}?)${WISH}?${VERB}${COUNTED}?|(?<wishing>\\p{sc=Han}{2,5}?)(?:${WISH}${VERB}${COUNTED}?|${VERB}${COUNTED}))(?<errand>\\p{sc=Han}{2,12})$`,
  'u',
);
/** Those of whom people speak without a name. */
const NOBODY =
  /^(?:[我你您他她咱俺]们?|大家|家[里人]|老(?:人|年人|乡)|[村居牧农市]民|群众|残疾人|病人|学生|孩子|有人|别人)(?:家里?)?$/u;
/** Papers and errands that the catalogue may not know: no name has these. */
const ERRAND =
  /^(?:修(?=[水路房屋井电暖门窗墙灯管围棚桥厕车])|换|装|拆|补办|报销|缴费|其[他它](?:事项?)?$)|(?:证明?|执照|户口|救助|补[贴助]|津贴|贷款|租房|社保卡?|医保卡?|水管|水电|路灯|房顶|屋顶|水井|自来水|暖气|围栏|棚圈|垃圾)$|^(?:户口|社保|医保)/u;

/** Who somebody is to the applicant, and no name. */
const RELATIVE = new RegExp(`^(?:${KIN})的?$`, 'u');

/**
 * The first words that can be a name; `rest` are the others. Neighbouring words in letters (Ganbold Batbayar) are one name, and
 * so are single characters (张 三). Of neighbouring Han words (巴特尔 苏和, 张三 李四) nobody but the typist knows.
 * @param typed in their order; '' where something else stood.
 */
export function nameAmong(typed: readonly string[]): { found?: FoundName; rest: string[] } {
  const words = typed.map((word) => word.replace(BEFORE_NAME, '').replace(BEHIND_NAME, ''));
  for (let from = 0; from < words.length; from++) {
    const until = endOfName(words, from);
    const found = nameOf(words.slice(from, until));
    if (found) return { found, rest: [...words.slice(0, from), ...words.slice(until)].filter((word) => word !== '') };
    from = Math.max(from, until - 1);
  }
  return { rest: words.filter((word) => word !== '') };
}

/** 张三想办个老年证 → 张三, 老年证: what the catalogue does not know cannot be split off by its name. */
export function splitAtVerb(word: string): string[] {
  const { helped, wishing, errand } = NAME_AND_ERRAND.exec(word)?.groups ?? {};
  const name = helped ?? wishing;
  if (name === undefined || errand === undefined || NOBODY.test(name) || ERRAND.test(name)) return [word];
  return [name, errand];
}

/** Behind the last word that may belong to the same name; `from` itself when none begins there. */
function endOfName(words: readonly string[], from: number): number {
  const first = words[from] ?? '';
  if (isWholeName(first)) return from + 1;
  const hanMax = [...first].length < SHORT_PART_MAX ? SHORT_PART_MAX : LONG_PART_MAX;
  const beyond = words.findIndex((word, at) => at >= from && !isPart(word, hanMax));
  return beyond === -1 ? words.length : beyond;
}

function nameOf(parts: readonly string[]): FoundName | undefined {
  const names = joined(parts);
  const [only, ...more] = names;
  if (only === undefined || names.every((name) => [...name].length === 1)) return undefined;
  if (more.length > 0) return { nameWords: names };
  const parsed = parseName(only);
  return parsed.ok ? { name: parsed.value } : undefined;
}

/** Words in letters with a blank between them, single characters without. */
function joined(parts: readonly string[]): string[] {
  if (parts.length > 1 && parts.every((part) => [...part].length === 1)) return [parts.join('')];
  const names: string[] = [];
  let inLetters = 0;
  for (const part of parts) {
    inLetters = isInLetters(part) ? inLetters + 1 : 0;
    if (inLetters > LETTER_PARTS_MAX) return [];
    if (inLetters > 1) names.push(`${names.pop() ?? ''} ${part}`);
    else names.push(part);
  }
  return names;
}

function isWholeName(word: string): boolean {
  return isName(word) && !isInLetters(word) && ([...word].length > LONG_PART_MAX || PLACE.test(word));
}

function isPart(word: string, hanMax: number): boolean {
  if (!isName(word) || particles.has(word) || isWholeName(word)) return false;
  return isInLetters(word) || [...word].length <= hanMax;
}

function isName(word: string): boolean {
  return (
    word.length <= WORD_LENGTH_MAX &&
    !ERRAND.test(word) &&
    !RELATIVE.test(word) &&
    /^\p{L}[\p{L}\p{M}·•・.'’-]*$/u.test(word)
  );
}

function isInLetters(word: string): boolean {
  return !/\p{Script=Han}/u.test(word);
}

/** @param rest the words that were left over where no name was found. undefined when none of them was meant as one. */
export function whyNoName(rest: readonly string[]): 'signs' | 'long' | undefined {
  const worded = rest.filter((word) => !ERRAND.test(word) && !/^[+\d-]+$/.test(word));
  if (worded.some((word) => /\p{L}/u.test(word) && word.length > WORD_LENGTH_MAX)) return 'long';
  const odd = /[^\p{L}\p{M}\d·•・.'’-]/u;
  return worded.some((word) => odd.test(word) && word.length <= WORD_LENGTH_MAX) ? 'signs' : undefined;
}
