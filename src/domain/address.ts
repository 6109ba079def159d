/** What looks like somebody's address in free text: a street or place with a number, or a house, a stairway and a door. */

const DIGITS = '0-9０-９';
const NUMERALS = '〇○零一二三四五六七八九十百壹贰叁肆伍陆柒捌玖拾佰';
const NUMBER = `(?:第?(?:[${DIGITS}]{1,5}[A-Za-z]?|[${NUMERALS}甲乙丙丁]{1,5}|[A-Za-z]))`;
const BLANK = '[ \\t　]{0,2}';
const DASH = '[-—–]';
/** After these a number needs no unit: 锡尼河西路77. */
const STREETS = '路|街|巷|胡同|大道|弄|小区|家园|花园|公寓|门牌号?[:：]?';
/** Larger places: a number there counts only with a unit, for 全村30人 is no address. */
const PLACES = `${STREETS}|嘎查|村|屯|社区|队|组|委|院|苑|牧场|林场`;
/** Where one is at home in a house. */
const UNITS = '号楼|号院|号|楼|栋|幢|座|区|排|单元|室|房|层|小?组|队|委|门|巷|街|弄|户';
/** 3号窗口 and 二楼大厅 are where the clerk sits, 23号前 is a day, 一村民 and 一组照片 count. */
const NOT_HERE = '(?!(?:办事)?(?:窗|柜台|大厅|办公|前|之前|以前|后|下午|上午|起|文件|表)|村民|民|照片|人)';
/** The street's or place's own name, as far back as it can reach. */
const OWN_NAME = '(?:(?![住在到于址家是从去])[\\p{sc=Han}A-Za-z]){0,10}?';
/** What follows is no beginning of a telephone number. */
const NO_MORE_DIGITS = `(?![${DIGITS}]|[- \\t　][${DIGITS}])`;

const PAIR = `${BLANK}[-—–,，]?${BLANK}${NUMBER}${BLANK}(?:${UNITS})${NOT_HERE}`;
/** The door at the end, which people write without 室. */
const DOOR = `(?:${BLANK}${DASH}?${BLANK}(?:[${DIGITS}]{1,4}(?:${DASH}[${DIGITS}]{1,4}){0,2}${NO_MORE_DIGITS}|[${NUMERALS}]{3,4})室?)?`;

const ADDRESS = [
  `${OWN_NAME}(?:${PLACES})(?:${PAIR})+${DOOR}`,
  `${OWN_NAME}(?:${STREETS})${BLANK}${NUMBER}(?![${DIGITS}年月日.%])(?:${DASH}${NUMBER}){0,3}`,
  `(?<![月${DIGITS}])${NUMBER}${BLANK}(?:${UNITS})${NOT_HERE}(?:${PAIR})+${DOOR}`,
  `${NUMBER}${BLANK}(?:号楼|号院|楼|栋|幢)${BLANK}[${DIGITS}]{3,4}${NO_MORE_DIGITS}`,
  `${NUMBER}${BLANK}(?:号楼|号院|栋|幢|单元|嘎查)${NOT_HERE}`,
  `(?:第${NUMBER}|[${DIGITS}]{1,4}|[${NUMERALS}]{2,5}|[二三四五六七八九十])${BLANK}(?:小?组|村|队)${NOT_HERE}`,
  `[${DIGITS}${NUMERALS}]{3,4}${BLANK}[室房]`,
  `(?<=住[:：在址]{0,2}${BLANK})[${DIGITS}]{1,3}(?:${DASH}[${DIGITS}]{1,4}){1,3}${NO_MORE_DIGITS}`,
  // Nothing dated has more than 31 days.
  `(?<![月${DIGITS}])(?:3[2-9]|[4-9]\\d|\\d{3,4})号${NOT_HERE}`,
].join('|');
const anyAddress = new RegExp(ADDRESS, 'gu');
const firstAddress = new RegExp(ADDRESS, 'u');
/** What an address ends with, or 住: a text without any of it is not searched. */
const hint = /[路街巷弄号楼栋幢座区排元室房层组队委门户村屯住]|胡同|大道|花园|家园|公寓|嘎查|[院苑场]/u;

export const ADDRESS_HIDDEN = '（住址略）';
/** Where an office is may be said: 友谊路12号便民服务中心. */
const office = /^的?\p{sc=Han}{0,6}(?:中心|大厅|窗口|服务站|派出所|[^家]局|银行)/u;
const OFFICE_LENGTH_MAX = 12;
const WORD_LENGTH_MAX = 40;

/** Hides what looks like an address. Whoever writes one without a number (村东头老王家) is not understood. */
export function hideAddresses(text: string): string {
  if (!hint.test(text)) return text;
  return text.replace(anyAddress, (found, at: number, whole: string) => {
    const lived = whole.charAt(at - 1) === '住';
    const end = at + found.length;
    return !lived && office.test(whole.slice(end, end + OFFICE_LENGTH_MAX)) ? found : ADDRESS_HIDDEN;
  });
}

/**
 * Takes the first address out of a typed line: what stands behind 住址：, else what looks like one, with the word it stands in and
 * without 住 in front. `text` is what stands before and behind it.
 */
export function takeAddress(line: string): { text: readonly string[]; address?: string } {
  const labelled = /(?:家庭|现|居)?(?:住址|地址)[:：]\s*(?<address>[^\s,，;；。|]+)/u.exec(line);
  if (labelled?.groups?.['address'] !== undefined) {
    const { index, 0: whole } = labelled;
    return { text: [line.slice(0, index), line.slice(index + whole.length)], address: labelled.groups['address'] };
  }
  const found = firstAddress.exec(line);
  if (!found) return { text: [line] };
  const before = line.slice(Math.max(0, found.index - WORD_LENGTH_MAX), found.index);
  // 住 and what follows it in the word, or the word alone.
  const [whole = '', label = ''] = /([现家]?住[址在于]?\s*)?[^\s,，、;；。:：|住]*$/u.exec(before) ?? [];
  const end = found.index + found[0].length;
  const address = whole.slice(label.length) + found[0];
  return { text: [line.slice(0, found.index - whole.length), line.slice(end)], address };
}
