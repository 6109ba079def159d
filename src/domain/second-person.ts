/** Names of people other than the applicant, as far as the words beside them give them away. */
import { maskName } from './name.ts';

/** The most frequent family names of the country, and those of the banner's Daur, Ewenki and Mongols. */
const SURNAMES =
  '王李张刘陈杨黄赵周吴徐孙马胡朱郭何罗高林郑梁谢唐许冯宋韩邓彭曹曾田于萧潘袁董叶杜丁蒋程余吕魏蔡苏任卢沈姜姚钟崔陆谭汪石范金廖韦贾夏付傅邹熊白孟秦邱侯江尹薛闫阎雷段龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤敖包鲍佟关鄂索那涂乌额斯图安吉';
const COMPOUND_SURNAMES = '欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|敖拉|郭布勒';
/** Where a name is over. */
const NEXT_WORD = '电话|手机|号码|联系|身份|住址|户口|材料|[签来去的在要说和与及代办取领送到是有打]';
/** Other words that begin with a family name. */
const NO_SURNAME =
  '马上|高[兴龄]|安[排全]|白[天色]|常[年常住用]|关[系于]|范围|包[括含]|向[他她您你我]|于是|万[一元]|毛病|金额|程序|严[重格]|钱款|陆续|任[何意]|夏天|何[时处]|文件|温度|周[一二三四五六日末](?=[上下早中晚来去带到取送再])';
const CHINESE_NAME = `(?!${NO_SURNAME})(?:(?:${COMPOUND_SURNAMES})|[${SURNAMES}])(?:(?!${NEXT_WORD})\\p{sc=Han}){1,2}`;
const ANY_NAME = '\\p{L}[\\p{L}\\p{M}·•.’-]{1,11}';

/** Who somebody is to the applicant. */
export const KIN =
  '家属|家人|亲属|亲戚|儿子|女儿|儿媳妇?|女婿|媳妇|丈夫|妻子|爱人|老伴|父亲|母亲|爸爸|妈妈|哥哥|弟弟|姐姐|妹妹|孙子|孙女|外甥|侄子|侄女|邻居|朋友';
const ROLES = '(?:联系|申请|监护|委托|受托|收件|领取|代领|代理|担保|负责|当事|经手)人';

/** 姓名：巴特尔, 联系人是乌云; not 联系人：请写全. */
const behindLabel = new RegExp(
  `(?<=(?:姓名|名字|户主|${ROLES})\\s?[:：是为叫]\\s?)(?!${NEXT_WORD}|[请需应须没未缺不带可])${ANY_NAME}`,
  'gu',
);
/** 儿子李四, 家属：李四, 叫李四: behind these words only a family name begins a name. */
const behindWord = new RegExp(`(?<=(?:叫|姓名|户主|${ROLES}|${KIN})[:：\\s是]{0,2})${CHINESE_NAME}`, 'gu');

/** What may stand between a name and the telephone number it goes with, which is masked by now. */
const UP_TO_NUMBER =
  '[\\s:：,，、;；()（）的是为]{0,3}(?:(?:联系)?(?:电话|手机)(?:号码?)?|号码|联系方式|微信)?[\\s:：,，、()（）是为+]{0,3}';
/** So many characters without a sign are more than a name; only what is surely one is hidden of them. */
const WORDS_MAX = 12;
const SENTENCE = new RegExp(`^\\p{sc=Han}{${WORDS_MAX + 1},}$`, 'u');
const beforeNumber = new RegExp(
  `(?:(?<![\\p{L}\\p{M}·•*])(?:${ANY_NAME}?(?: ${ANY_NAME})?|\\p{sc=Han}{3,${WORDS_MAX}})|(?<![\\p{M}·•*])\\p{sc=Han}{${WORDS_MAX + 1},${2 * WORDS_MAX}})(?=${UP_TO_NUMBER}\\d{0,3}\\*{4}\\d)`,
  'gu',
);
/** Ends of words before a number that are nobody's name. */
const NO_NAME = new RegExp(
  `(?:电话|手机|座机|号码?|联系|方式|微信|短信|传真|致电|咨询|本人|群众|${KIN}|${ROLES}|证件?|账户|卡|护照|补贴|金额|共计?|[件单据票款表]|流水|合同|^(?:tel|phone|mobile|wechat|qq|vx|wx))$`,
  'iu',
);
/** Ends of words that lead to a number (改成139…, 打不通139…, 老人说下周来 139…), unless a family name begins them. */
const LEADS_TO_NUMBER = /[打拨呼接按留填写改换成为到通了过是用请可的我您你他她略约新旧错或和来去说讲回等再]$/u;
/** Up to here a run of words before a number leads to the name. */
const leadIn = new RegExp(`^.*(?:${KIN}|${ROLES}|[找问给叫是和与请]|联系|电话)`, 'u');
const NAME_CHARACTERS_MAX = 6;
/** What people are called by behind their names. */
const RESPECT =
  '老人家?|老太太|大爷|大娘|大妈|大叔|大婶|大姐|大哥|大嫂|阿姨|奶奶|爷爷|老师|师傅|同志|女士|先生|主任|书记';
const respected = new RegExp(`(?:${RESPECT})$`, 'u');
/** Between a place and who lives there: 镇里的李四, 安达社区的张三. */
const OF_PLACE = /^里?的/u;
/** A place that needs no name. */
const HERE = /^[镇村乡旗县]里/u;
const chineseName = new RegExp(`^${CHINESE_NAME}$`, 'u');
const nameAtEnd = new RegExp(`${CHINESE_NAME}$`, 'u');

/** Two or three characters that begin with a family name. */
export function isChineseName(word: string): boolean {
  return chineseName.test(word);
}

/**
 * Hides names behind 姓名, 联系人, 女儿, 叫 …, and those that a masked telephone number follows. A name by itself cannot be told
 * from other words. @param places names of units, which may stand in front of a name and are nobody's.
 */
export function hideNamesBeside(text: string, places: readonly string[]): string {
  // 安达社区便民服务站 before 安达社区.
  const longestFirst = places.filter((place) => place !== '').sort((a, b) => b.length - a.length);
  return text
    .replace(behindLabel, maskName)
    .replace(behindWord, maskName)
    .replace(beforeNumber, (words) => maskLast(words, longestFirst));
}

/** 找儿子李四 → 找儿子李*; 王秀英老人 → 王**老人. Rather too much: 娜仁高娃 ends like a Chinese name and is one name. */
function maskLast(words: string, places: readonly string[]): string {
  const last = words.slice(leadIn.exec(words)?.[0].length ?? 0);
  if (NO_NAME.test(words) || (LEADS_TO_NUMBER.test(words) && !chineseName.test(last))) return words;
  const behind = behindPlaces(last, places);
  const called = behind.replace(respected, '');
  if (called !== behind && called.length > 1 && isShort(called)) {
    return words.slice(0, words.length - behind.length) + maskName(called) + behind.slice(called.length);
  }
  const surely = isShort(behind) ? behind : nameAtEnd.exec(behind)?.[0];
  if (surely === undefined && SENTENCE.test(words)) return words;
  const name = surely ?? behind;
  return words.slice(0, words.length - name.length) + maskName(name);
}

/** Maybe nothing but a name. */
function isShort(words: string): boolean {
  return [...words].length <= NAME_CHARACTERS_MAX;
}

/**
 * Without the places that the words begin with, one after the other; as they are where nothing else is left. Within words a place
 * is left alone: 李四住安达社区 may be all that is said of 李四.
 */
function behindPlaces(words: string, places: readonly string[]): string {
  const place = HERE.exec(words)?.[0] ?? places.find((one) => words.startsWith(one));
  if (place === undefined) return words;
  const behind = words.slice(place.length).replace(OF_PLACE, '');
  return behind === '' ? words : behindPlaces(behind, places);
}
