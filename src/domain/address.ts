/** What looks like somebody's address in free text: a street or place with a number, or a house, a stairway and a door. */

const NUMBER = '(?:第?(?:[0-9０-９]{1,5}[A-Za-z]?|[〇○零一二三四五六七八九十百甲乙丙丁]{1,5}|[A-Za-z]))';
const BLANK = '[ \\t　]{0,2}';
/** After these a number needs no unit: 锡尼河西路77. */
const STREETS = '路|街|巷|胡同|大道|弄|小区|家园|花园|公寓';
/** Larger places: a number there counts only with a unit, for 全村30人 is no address. */
const PLACES = `${STREETS}|嘎查|村|屯|社区|队|组|院|苑|牧场|林场`;
/** Where one is at home in a house. */
const UNITS = '号楼|号院|号|楼|栋|幢|座|排|单元|室|层|组|队|门|巷|街|弄|户';
/** 11月23号 is a day, 3号窗口 and 二楼大厅 are where the clerk sits, 一村民 and 一组照片 count. */
const NOT_HERE = '(?!(?:办事)?(?:窗|柜台|大厅|办公|前|之前|后|下午|上午|起|文件|表)|村民|照片|人)';
/** The street's or place's own name, as far back as it can reach. */
const OWN_NAME = '(?:(?![住在到于址家是从去])[\\p{sc=Han}A-Za-z]){0,10}?';

const PAIR = `${BLANK}[-—–,，]?${BLANK}${NUMBER}${BLANK}(?:${UNITS})${NOT_HERE}`;
/** The door at the end, which people write without 室. It is no beginning of a telephone number. */
const DOOR = `(?:${BLANK}[-—–]?${BLANK}[0-9０-９]{1,4}(?:[-—–][0-9０-９]{1,4}){0,2}(?![0-9０-９]|[- \\t　][0-9０-９])室?)?`;

const address = new RegExp(
  [
    `${OWN_NAME}(?:${PLACES})(?:${PAIR})+${DOOR}`,
    `${OWN_NAME}(?:${STREETS})${BLANK}${NUMBER}(?![0-9０-９年月日.%])(?:[-—–]${NUMBER}){0,3}`,
    `(?<![月\\d])${NUMBER}${BLANK}(?:${UNITS})${NOT_HERE}(?:${PAIR})+${DOOR}`,
    `${NUMBER}${BLANK}(?:号楼|号院|楼|栋|幢)${BLANK}[0-9０-９]{3,4}(?![0-9０-９]|[- \\t　][0-9０-９])`,
    `${NUMBER}${BLANK}(?:号楼|号院|栋|幢|单元|嘎查|(?<!一)组|(?<=[0-9０-９〇○零一二三四五六七八九十])室|(?<!一)村|(?<=[第0-9０-９十].{0,4})队)${NOT_HERE}`,
    // Nothing dated has more than 31 days.
    `(?<![月\\d])(?:3[2-9]|[4-9]\\d|\\d{3,4})号${NOT_HERE}`,
  ].join('|'),
  'gu',
);

const HIDDEN = '（住址略）';

/** Hides what looks like an address. Whoever writes one without a number (村东头老王家) is not understood. */
export function hideAddresses(text: string): string {
  return text.replace(address, HIDDEN);
}

/**
 * Takes the first address out of a typed line: what stands behind 住址：, else what looks like one, with the word it stands in and
 * without 住 in front.
 */
export function takeAddress(line: string): { text: string; address?: string } {
  const labelled = /(?:家庭|现|居)?(?:住址|地址)[:：]\s*(?<address>[^\s,，;；。|]+)/u.exec(line);
  if (labelled?.groups?.['address'] !== undefined) {
    const end = labelled.index + labelled[0].length;
    return { text: `${line.slice(0, labelled.index)} ${line.slice(end)}`, address: labelled.groups['address'] };
  }
  const found = new RegExp(address.source, 'u').exec(line);
  if (!found) return { text: line };
  const before = line.slice(0, found.index);
  const label = /[现家]?住(?:址|在|于)?\s*(?=[^\s,，、;；。|]*$)/u.exec(before);
  const word = /[^\s,，、;；。:：|]*$/u.exec(before);
  const from = label?.index ?? word?.index ?? found.index;
  const start = label ? label.index + label[0].length : from;
  const end = found.index + found[0].length;
  return { text: `${line.slice(0, from)} ${line.slice(end)}`, address: line.slice(start, end).trim() };
}
