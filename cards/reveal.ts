/** The private look at an applicant. */
import type { Contact } from '../src/domain/contact.ts';
import { local } from '../src/domain/level-names.ts';
import type { Card } from './card.ts';
import { card, facts, hr, notation } from './kit.ts';
import { contactWords, NO_PHONE_WORD } from './words.ts';

/** The words of 其他事项 whole, behind its name. */
const ITEM_MAX = 120;
/** Relation, name and number: what can be typed of them, and a little more. */
const CONTACT_MAX = 80;

/** The applicant's full data, for a private message only. */
export function revealCard(view: {
  readonly caseNumber: string;
  readonly name: string;
  /** '' of somebody who has no telephone. */
  readonly phone: string;
  readonly contact: Contact | null;
  readonly idNumber: string | null;
  readonly address: string | null;
  readonly residence: string;
  readonly itemName: string;
  readonly remarks: string | null;
}): Card {
  return card({
    title: `申请人信息 ${view.caseNumber}`,
    color: 'grey',
    mark: '仅限本人查看',
    summary: `代办件 ${view.caseNumber} 的申请人信息，仅限本人查看`,
    elements: [
      ...facts([
        { label: '申请人姓名', value: view.name },
        { label: '联系电话', value: view.phone || NO_PHONE_WORD },
        ...(view.contact ? [{ label: '联系人', value: contactWords(view.contact), max: CONTACT_MAX }] : []),
        ...(view.idNumber ? [{ label: '身份证号', value: view.idNumber }] : []),
        { label: local`所在嘎查社区`, value: view.residence },
        ...(view.address ? [{ label: '住址', value: view.address, max: 150 }] : []),
        { label: '办理事项', value: view.itemName, max: ITEM_MAX },
        ...(view.remarks ? [{ label: '备注', value: view.remarks, max: 300 }] : []),
      ]),
      hr(),
      notation('本次查看已记入台账。请只用于办理此件，不要转发、截图或发到群里。'),
    ],
  });
}
