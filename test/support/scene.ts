/** The office with its usual people and groups: a village, its town, a department, the banner, and another town. */

import type { Database } from '../../db/database.ts';
import type { CaseRow } from '../../db/repositories/case.ts';
import { itemReads } from '../../db/repositories/item.ts';
import type { LedgerRow } from '../../db/repositories/ledger.ts';
import { unitReads } from '../../db/repositories/unit.ts';
import { FIRST_DAY } from '../../src/domain/item-version.ts';
import { unitLevels } from '../../src/domain/unit.ts';
import type { CallbackAnswer } from '../../src/lark/port.ts';
import { preparedDatabase } from './databases.ts';
import { buttonOf, type Office, type OfficeState, openOffice, type Posted, type Press } from './office.ts';

export const VILLAGE = 'oc_village';
export const TOWN = 'oc_town';
export const CIVIL = 'oc_civil';
export const BANNER = 'oc_banner';
export const OTHER_TOWN = 'oc_other';
/** A group the bot is in that belongs to nobody. */
export const UNBOUND = 'oc_unbound';

/** Registers here, is the registrar of `register()`. */
export const ADA = 'ou_ada';
/** ADA's colleague. */
export const BAI = 'ou_bai';
/** Two clerks of the town. */
export const CLERK = 'ou_clerk';
export const SECOND = 'ou_second';
export const CIVIL_CLERK = 'ou_civil_clerk';
export const CIVIL_MANAGER = 'ou_civil_manager';
export const TOWN_MANAGER = 'ou_town_manager';
export const BANNER_MANAGER = 'ou_banner_manager';
export const OTHER_CLERK = 'ou_other_clerk';
export const ADMIN = 'ou_admin';
export const STRANGER = 'ou_stranger';

/** Listed at 县级 and 镇级: may be passed up to the department. */
export const ALLOWANCE = '最低生活保障对象认定';
/** Listed at 镇级 only. */
export const RELIEF = '临时救助对象认定、救助金给付';
/** Listed down to 村级. */
export const UNEMPLOYMENT = '失业登记';

export const NAME = '张三丰';
export const PHONE = '13812341234';
/** Of nobody: the district does not exist, the check digit is right. */
export const ID_NUMBER = '990101199001010019';

export type FormValues = Record<string, string | boolean>;

export interface Scene extends Office {
  unitId(name: string): number;
  itemId(subItem: string): number;
  /** The fields of a registration that can be submitted as they are, changed by `over`. */
  registration(over?: FormValues & { itemName?: string }): FormValues;
  /** Registers in the village's group (or the given chat) and sends what follows. */
  register(
    over?: FormValues & { itemName?: string },
    by?: { openId: string; chat: string | undefined },
  ): Promise<CaseRow>;
  /** Presses and sends what follows. */
  does(openId: string, press: Press): Promise<CallbackAnswer>;
  /** Presses a button that stands on no card any more, or never did. */
  forges(
    openId: string,
    press: { value: unknown; chat?: string; messageId?: string; form?: FormValues; option?: string | undefined },
  ): Promise<CallbackAnswer>;
  record(id: number): Promise<CaseRow>;
  entries(caseId?: number): Promise<LedgerRow[]>;
  /** Cases, applicants, ledger, heads and counters as one text, to compare before and after. */
  dump(): Promise<string>;
  /** The newest message of a chat. */
  last(target: string): Posted;
  /** All messages of a chat that stand for the text. */
  cards(target: string, words: string): Posted[];
}

/** Opens the office and hires everybody. The messages of the preparations have been sent. */
export async function openScene(options: { now?: string; keep?: number } = {}): Promise<Scene> {
  const name = `scene ${options.now}`;
  const db = await preparedDatabase(name, async (empty) => void states.set(name, await hireEverybody(empty, options)));
  const after = states.get(name);
  if (!after) throw new Error('the scene was not prepared');
  const office = await openOffice({ ...options, db, after });
  return { ...office, ...(await helpersOf(office)) };
}

const states = new Map<string, OfficeState>();

async function hireEverybody(db: Database, options: { now?: string }): Promise<OfficeState> {
  const office = await openOffice({ db, ...(options.now === undefined ? {} : { now: options.now }) });
  const groups = { [VILLAGE]: '安达社区', [TOWN]: '巴彦托海镇', [CIVIL]: '民政部门', [BANNER]: '鄂温克族自治旗' };
  for (const [chat, unit] of Object.entries(groups)) await office.bindGroup(chat, unit);
  await office.bindGroup(OTHER_TOWN, '大雁镇');
  await office.hire({ openId: ADA, name: '阿达', unit: '安达社区' });
  await office.hire({ openId: BAI, name: '白音', unit: '安达社区' });
  await office.hire({ openId: CLERK, name: '王芳', unit: '巴彦托海镇' });
  await office.hire({ openId: SECOND, name: '李强', unit: '巴彦托海镇' });
  await office.hire({ openId: CIVIL_CLERK, name: '民政员', unit: '民政部门' });
  await office.hire({ openId: TOWN_MANAGER, name: '包主任', unit: '巴彦托海镇', role: 'manager' });
  await office.hire({ openId: BANNER_MANAGER, name: '旗管理', unit: '鄂温克族自治旗', role: 'manager' });
  await office.hire({ openId: CIVIL_MANAGER, name: '民政局长', unit: '民政部门', role: 'manager' });
  await office.hire({ openId: OTHER_CLERK, name: '大雁员', unit: '大雁镇' });
  await office.settle();
  return office.state();
}

async function helpersOf(office: Office): Promise<Omit<Scene, keyof Office>> {
  const { db } = office;
  const units = await db.read((tx) => unitReads.ofLevels(tx, unitLevels));
  const items = await db.read((tx) => itemReads.active(tx, FIRST_DAY));
  let forged = 0;
  const idOf = <Row extends { id: number }>(rows: readonly Row[], is: (row: Row) => boolean): number => {
    const found = rows.find(is);
    if (!found) throw new Error('no such row in the seed');
    return found.id;
  };
  const unitId = (name: string) => idOf(units, (unit) => unit.name === name);
  const itemId = (subItem: string) => idOf(items, (item) => item.subItem === subItem);

  const registration: Scene['registration'] = ({ itemName = ALLOWANCE, ...over } = {}) => ({
    applicantName: NAME,
    phone: PHONE,
    residence: String(unitId('安达社区')),
    item: String(itemId(itemName)),
    way: 'counter',
    consent: true,
    ...over,
  });

  const record: Scene['record'] = async (id) => {
    const found = (await db.read(({ q, t }) => Promise.resolve(q.select().from(t.cases)))).find((row) => row.id === id);
    if (!found) throw new Error(`no case ${id}`);
    return found;
  };

  const does: Scene['does'] = async (openId, press) => {
    const answer = await office.clicks(openId, press);
    await office.settle();
    return answer;
  };

  /** 仍要登记; in the private chat where the form went on there, because the group is a foreign one. */
  const insists = async (openId: string, press: Omit<Press, 'label'>) => {
    const isHere = buttonOf(lastOf(office, press.target).card, '仍要登记') !== undefined;
    if (isHere) return does(openId, { ...press, label: '仍要登记' });
    await does(openId, { ...press, target: openId, label: '提交登记' });
    return does(openId, { ...press, target: openId, label: '仍要登记' });
  };

  return {
    unitId,
    itemId,
    registration,
    record,
    does,
    async register(over = {}, by = { openId: ADA, chat: VILLAGE }) {
      await office.says(by.openId, '/登记', by.chat);
      await office.settle();
      const press = { target: by.chat ?? by.openId, form: registration(over) };
      const first = await does(by.openId, { ...press, label: '提交登记' });
      // Tests register the same person again and again.
      const again = /的这个事项|刚登记过|刚在别处登记过|仍要登记/u.test(first.toast?.content ?? '');
      const answer = again ? await insists(by.openId, press) : first;
      const number = /\d{2}-\d{2}-\d{5}/.exec(answer.toast?.content ?? '')?.[0];
      const rows = await db.read(({ q, t }) => Promise.resolve(q.select().from(t.cases)));
      const found = rows.find((row) => row.caseNumber === number);
      if (!found) throw new Error(`not registered: ${answer.toast?.content}`);
      return found;
    },
    forges: (openId, { value, chat = VILLAGE, messageId = 'om_forged', form = {}, option }) =>
      office.app.receive({
        kind: 'action',
        eventId: `ev_forged${++forged}`,
        messageId,
        chatId: chat,
        openId,
        value,
        form,
        option,
      }),
    entries: (caseId) =>
      db.read(async ({ q, t }) => {
        const rows = await q.select().from(t.ledgerEntries).orderBy(t.ledgerEntries.townId, t.ledgerEntries.seq);
        return caseId === undefined ? rows : rows.filter((row) => row.caseId === caseId);
      }),
    dump: () =>
      db.read(async ({ q, t }) =>
        JSON.stringify([
          await q.select().from(t.cases),
          await q.select().from(t.applicants),
          await q.select().from(t.ledgerEntries),
          await q.select().from(t.ledgerHeads),
          await q.select().from(t.statCounters),
          await q.select().from(t.caseSequences),
        ]),
      ),
    last: (target) => lastOf(office, target),
    cards: (target, words) =>
      office.posted.filter((one) => one.target === target && JSON.stringify(one.card).includes(words)),
  };
}

function lastOf(office: Office, target: string): Posted {
  const message = office.posted.findLast((one) => one.target === target);
  if (!message) throw new Error(`nothing was posted to ${target}`);
  return message;
}
