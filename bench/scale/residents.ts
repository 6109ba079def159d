/**
 * Invented residents with real keyed hashes and really sealed data. One resident has one key and one sealing of each text,
 * however many cases they bring, while the product seals every case anew: what the texts say is the same, and the five million
 * are made in minutes.
 */

import { phoneTail } from '../../src/domain/person.ts';
import type { Vault } from '../../src/vault.ts';
import type { Random } from './random.ts';

export interface Resident {
  readonly wrappedKey: string;
  readonly nameSealed: string;
  readonly phoneSealed: string;
  readonly idNumberSealed: string | null;
  readonly addressSealed: null;
  readonly nameHash: string;
  readonly phoneHash: string;
  readonly phoneTailHash: string;
  readonly idNumberHash: string | null;
  /** The person as the ledger's first entry keeps it, and a note of some later step. */
  readonly personSealed: string;
  readonly noteSealed: string;
}

/** Its bearers bring three cases in a thousand: 3000 in a million. */
export const COMMON_NAME = '王秀英';
const COMMON_SHARE = 0.003;
const ID_GIVEN = 0.4;
const surnames = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎',
];
const given = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红辉健丹玲鑫宇浩凯秀梅雪琳晶欣颖佳慧莹琴'];
const idWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

export function createResidents(wanted: { random: Random; vault: Vault; count: number }): Resident[] {
  const { random, vault } = wanted;
  const nameHashes = new Map<string, string>();
  const tailHashes = new Map<string, string>();
  const hashed = (kept: Map<string, string>, lookUp: 'name' | 'phoneTail', value: string) => {
    const hash = kept.get(value) ?? vault.hash(lookUp, value);
    kept.set(value, hash);
    return hash;
  };
  return Array.from({ length: wanted.count }, () => {
    const name = random.chance(COMMON_SHARE) ? COMMON_NAME : inventName(random);
    const phone = `1${3 + random.below(7)}${String(random.below(1_000_000_000)).padStart(9, '0')}`;
    const idNumber = random.chance(ID_GIVEN) ? inventIdNumber(random) : null;
    const { wrappedKey, cipher } = vault.newApplicantKey();
    return {
      wrappedKey,
      nameSealed: cipher.seal('applicants.name', name),
      phoneSealed: cipher.seal('applicants.phone', phone),
      idNumberSealed: idNumber === null ? null : cipher.seal('applicants.idNumber', idNumber),
      addressSealed: null,
      nameHash: hashed(nameHashes, 'name', name),
      phoneHash: vault.hash('phone', phone),
      phoneTailHash: hashed(tailHashes, 'phoneTail', phoneTail(phone)),
      idNumberHash: idNumber === null ? null : vault.hash('idNumber', idNumber),
      personSealed: cipher.seal('ledger', JSON.stringify({ name, phone, idNumber: idNumber ?? '', remarks: '' })),
      noteSealed: cipher.seal('ledger', JSON.stringify({ note: '材料已核对，按规定办理' })),
    };
  });
}

/** Two characters for one in five; early surnames are the frequent ones. */
export function inventName(random: Random): string {
  const surname = surnames[Math.floor(random.next() ** 2 * surnames.length)] ?? '王';
  const first = random.pick(given);
  return random.chance(0.2) ? surname + first : surname + first + random.pick(given);
}

function inventIdNumber(random: Random): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const born = `${1940 + random.below(65)}${two(1 + random.below(12))}${two(1 + random.below(28))}`;
  const body = `150724${born}${String(random.below(1000)).padStart(3, '0')}`;
  const sum = [...body].reduce((total, digit, index) => total + Number(digit) * (idWeights[index] ?? 0), 0);
  return body + ('10X98765432'[sum % 11] ?? '');
}
