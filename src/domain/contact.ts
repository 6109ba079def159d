/** Residents without a telephone, and through whom they are reached instead (联系人). */
import { local } from './level-names.ts';
import { parseName } from './name.ts';
import { type Parsed, parsePhone } from './person.ts';
import { normaliseDigits } from './spelling.ts';
import { normalised } from './typed.ts';

/** Who the contact is to the resident. */
export const contactRelations = ['child', 'neighbour', 'villageCadre', 'other'] as const;
export type ContactRelation = (typeof contactRelations)[number];

export interface Contact {
  readonly relation: ContactRelation;
  readonly phone: string;
  /** '' when it was not told. */
  readonly name: string;
}

export type ParsedContact =
  | { readonly ok: true; readonly value: Contact }
  | { readonly ok: false; readonly problem: string };

const EXAMPLE = '如：女儿李四 13900001111';
/** What people call them, the longer words first. */
const relationWords: readonly (readonly [ContactRelation, RegExp])[] = [
  ['child', /(?:[他她]的?)?(?:大|二|三|小|老大|老二)?(?:子女|儿子|女儿|儿媳妇?|女婿|孩子|姑娘|闺女)/u],
  ['neighbour', /隔壁(?:邻居)?|邻居/u],
  ['villageCadre', /(?:嘎查|社区|村)(?:干部|书记|主任|长)|嘎查达|网格员/u],
  [
    'other',
    /其他|亲戚|亲属|家属|丈夫|妻子|爱人|老伴|父亲|母亲|爸爸|妈妈|哥哥|弟弟|姐姐|妹妹|孙子|孙女|外甥女?|侄[子女]|朋友/u,
  ],
];
const NUMBER = /\+?\d[\d\s()（）\p{Pd}]{5,}\d/u;
const NO_PHONE = /^(?:[没沒无無]有?)(?:电话|電話|手机|手機)?[。.]?$/u;

/** 无, 没有, 没有电话: typed where a telephone number is asked for. */
export function saysNoPhone(text: string): boolean {
  return NO_PHONE.test(normalised(text, 'NFKC').replace(/\s/gu, ''));
}

/** The resident's own number as `parsePhone` reads it, or '' for somebody who has none. */
export function parseOwnPhone(text: string): Parsed {
  return saysNoPhone(text) ? { ok: true, value: '' } : parsePhone(text);
}

/** Who it is to the resident, a name and a telephone number in any order: 女儿李四 13900001111. Only the number has to be there. */
export function parseContact(text: string): ParsedContact {
  const typed = normaliseDigits(normalised(text, 'NFKC'));
  const number = NUMBER.exec(typed)?.[0];
  if (number === undefined) return { ok: false, problem: `请写上联系人的电话，${EXAMPLE}` };
  const phone = parsePhone(number);
  if (!phone.ok) return phone;
  const words = typed.replace(number, ' ').replace(/(?:联系)?(?:电话|手机)号?码?/gu, ' ');
  const [relation, word] = relationIn(words);
  const left = words
    .replace(word, ' ')
    .replace(/[^\p{L}\p{M}\p{N}·•.\s]/gu, ' ')
    .trim();
  const name = left === '' ? { ok: true as const, value: '' } : parseName(left);
  if (!name.ok) return { ok: false, problem: `请只写关系、姓名和一个电话，${EXAMPLE}` };
  return { ok: true, value: { relation, phone: phone.value, name: name.value } };
}

function relationIn(words: string): readonly [ContactRelation, string] {
  // As it is written here.
  const cadre = normalised(local`村干部`, 'NFKC');
  if (words.includes(cadre)) return ['villageCadre', cadre];
  for (const [relation, pattern] of relationWords) {
    const word = pattern.exec(words)?.[0];
    if (word !== undefined) return [relation, word];
  }
  return ['other', ''];
}
