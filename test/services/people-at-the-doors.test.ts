/**
 * Names, telephone numbers and numbers of papers as people really have and type them, through every door by which somebody comes in:
 * what is kept is the same at each.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { rosterReads } from '../../db/repositories/roster.ts';
import { openApplicant } from '../../src/services/case/secret.ts';
import { openListedPhone } from '../../src/services/roster/phone.ts';
import { annex5 } from '../imports/annex5.ts';
import { confirms, sendsList } from '../imports/support.ts';
import { ADA, openScene, type Scene, VILLAGE } from '../support/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

/** What somebody types, and what is kept of it. */
interface Typed {
  readonly typed: string;
  readonly kept: string;
}

const same = (text: string): Typed => ({ typed: text, kept: text });

/** 𠮷 and 𬎆 lie beyond the Basic Multilingual Plane, as thousands of characters in names do. */
const han = fc.constantFrom('王', '李', '包', '白', '阿', '𠮷', '𬎆', '𠅤', '﨑', '娜');
const hanName = fc.array(han, { minLength: 2, maxLength: 3 }).map((parts) => same(parts.join('')));
const oneCharacter = han.map(same);
const dots = fc.constantFrom('·', '•', '・', '‧', '∙', '⋅', ' · ');
const dotted = fc
  .tuple(
    fc.constantFrom('阿依古丽', '阿卜杜热西提', '苏日娜', '𠮷日嘎拉'),
    dots,
    fc.constantFrom('买买提', '买买提吐尔逊', '巴雅尔', '𬎆'),
  )
  .map(([first, dot, second]) => ({ typed: `${first}${dot}${second}`, kept: `${first}·${second}` }));
const inLetters = fc.constantFrom('Ganbold Batbayar', 'Jean-Luc Martin', "Liam O'Brien").map(same);
const aName = fc.oneof(hanName, dotted, inLetters);
/** One character alone is a name where a field asks for one; in a typed line it may be anything. */
const anyName = fc.oneof(aName, oneCharacter);

const digits = (count: number) => fc.stringMatching(new RegExp(`^\\d{${count}}$`));
const mobile = fc
  .tuple(fc.constantFrom('138', '139', '177', '199'), digits(4), digits(4), fc.constantFrom('', ' ', '-'))
  .map(([head, middle, tail, between]) => ({ typed: [head, middle, tail].join(between), kept: head + middle + tail }));
const landline = fc
  .tuple(
    fc.constantFrom(['0470', '88'], ['0471', '62'], ['010', '626'], ['021', '589']),
    digits(5),
    fc.constantFrom('-', ' ', ''),
  )
  .map(([[area = '', head = ''], rest, between]) => ({
    typed: `${area}${between}${head}${rest}`,
    kept: `${area}${head}${rest}`,
  }));
const phone = fc.oneof(mobile, landline);

/** The check digit of GB 11643: the sum of each digit times 2 to the power of its place from the right, modulo 11. */
function checked(body: string): string {
  const sum = [...body].reduce((total, digit, at) => total + Number(digit) * 2 ** (17 - at), 0);
  return body + ('10X98765432'[sum % 11] ?? '');
}

const written = (number: string) =>
  fc.constantFrom({ typed: number, kept: number }, { typed: number.toLowerCase(), kept: number });
/** Of citizens, of residents from Hong Kong, Macau and Taiwan, and of foreigners since 2017; one in eleven ends in X. */
const eighteen = fc
  .tuple(
    fc.constantFrom('152128', '110105', '810000', '820000', '830000', '910156'),
    fc.constantFrom('19491231', '20000229', '20261122'),
    digits(3),
  )
  .chain((parts) => written(checked(parts.join(''))));
const endsInX = fc.constant(checked('11010519491231002')).chain(written);
/** Foreigners' until 2017 (3 letters, 12 digits), and the travel permits of Hong Kong, Macau and Taiwan. */
const permit = fc
  .oneof(
    fc.tuple(fc.constantFrom('RUS', 'MNG', 'USA'), digits(12)).map((parts) => parts.join('')),
    fc.tuple(fc.constantFrom('H', 'M'), fc.oneof(digits(8), digits(10))).map((parts) => parts.join('')),
    digits(8),
  )
  .chain(written);
const idNumber = fc.oneof(eighteen, endsInX);
const paper = fc.oneof(idNumber, permit);

/** A failure is shown as it came: each try costs a delivery or two. */
const RUNS = { numRuns: 5, endOnFailure: true };

async function applicantOf({ id }: { id: number }) {
  const { applicantId } = await scene.record(id);
  const rows = await scene.db.read(({ q, t }) => Promise.resolve(q.select().from(t.applicants)));
  const row = rows.find((one) => one.id === applicantId);
  if (!row) throw new Error('no applicant');
  const { name, phone: number, idNumber: papers } = openApplicant(scene, row).applicant ?? {};
  return { name, phone: number, idNumber: papers };
}

/** Nothing of a person stands in a group as they told it. */
async function hidden(number: string): Promise<void> {
  const said = scene.posted.filter(({ target }) => target === VILLAGE).map(({ card }) => JSON.stringify(card));
  expect(said.filter((card) => card.includes(number))).toEqual([]);
}

it('the registration form, and 更正 after it, keep them as they are', async () => {
  await fc.assert(
    fc.asyncProperty(fc.tuple(anyName, phone, paper), fc.tuple(anyName, phone, paper), async (first, second) => {
      const fields = ([name, number, papers]: typeof first) => ({
        typed: { applicantName: name.typed, phone: number.typed, idNumber: papers.typed },
        kept: { name: name.kept, phone: number.kept, idNumber: papers.kept },
      });
      const record = await scene.register(fields(first).typed);
      expect(await applicantOf(record)).toEqual(fields(first).kept);
      await hidden(first[1].kept);

      await scene.says(ADA, `/查 ${record.caseNumber}`);
      await scene.settle();
      await scene.does(ADA, { target: ADA, label: '更正' });
      const form = { ...scene.registration(), ...fields(second).typed, remarks: `更正${record.id}` };
      const answer = await scene.does(ADA, { target: ADA, label: '确认更正', form });
      expect(answer.toast?.content).toContain('已更正');
      expect(await applicantOf(record)).toEqual(fields(second).kept);
    }),
    RUNS,
  );
});

it('a typed line keeps them as they are', async () => {
  await fc.assert(
    fc.asyncProperty(aName, phone, idNumber, fc.boolean(), async (name, number, papers, idFirst) => {
      const numbers = idFirst ? `${papers.typed} ${number.typed}` : `${number.typed} ${papers.typed}`;
      await scene.says(ADA, `/登记 低保 ${name.typed} ${numbers}`, VILLAGE);
      await scene.settle();
      const { applicantName: _name, phone: _phone, ...form } = scene.registration();
      const first = await scene.does(ADA, { target: VILLAGE, label: '提交登记', form });
      const again = /刚登记过|的这个事项/u.test(first.toast?.content ?? '');
      const answer = again ? await scene.does(ADA, { target: VILLAGE, label: '仍要登记', form }) : first;
      const caseNumber = /\d{2}-\d{2}-\d{5}/.exec(answer.toast?.content ?? '')?.[0];
      const cases = await scene.db.read(({ q, t }) => Promise.resolve(q.select().from(t.cases)));
      const record = cases.find((one) => one.caseNumber === caseNumber);
      if (!record) throw new Error(`not registered: ${name.typed} ${numbers}`);
      expect(await applicantOf(record)).toEqual({ name: name.kept, phone: number.kept, idNumber: papers.kept });
      await hidden(number.kept);
    }),
    RUNS,
  );
});

it('a list of agents keeps them as they are', async () => {
  const people = fc.uniqueArray(fc.tuple(anyName, phone), {
    minLength: 12,
    maxLength: 12,
    selector: ([, { kept }]) => kept,
  });
  await fc.assert(
    fc.asyncProperty(people, async (listed) => {
      const rows = listed.map(([name, number], at) => [
        ...[at + 1, '安达社区', name.typed, number.typed],
        ...['两委', '民政', null, null, null, null, null, null, 1],
      ]);
      const shown = await sendsList(scene, { sheets: [annex5('嘎查\n社区', rows)] });
      expect(shown).not.toContain('行“');
      expect(await confirms(scene)).toContain('已导入');
      const roster = await scene.db.read((tx) => rosterReads.all(tx));
      const kept = roster.filter(({ active }) => active).map((one) => [one.name, openListedPhone(scene.vault, one)]);
      for (const [name, number] of listed) expect(kept).toContainEqual([name.kept, number.kept]);
    }),
    { numRuns: 3, endOnFailure: true },
  );
});

it('two of one name in a list do not take the place of the one who is known', async () => {
  const sends = async (...phones: string[]) => {
    const rows = phones.map((number, at) => [
      ...[at + 1, '安达社区', '包', number, '两委', '民政'],
      ...[null, null, null, null, null, null, 1],
    ]);
    await sendsList(scene, { sheets: [annex5('嘎查\n社区', rows)] });
    await confirms(scene);
  };
  await sends('13700000001');
  await sends('13700000002', '13700000003');
  const roster = await scene.db.read((tx) => rosterReads.all(tx));
  const kept = roster.map((one) => openListedPhone(scene.vault, one));
  expect(kept).toEqual(expect.arrayContaining(['13700000001', '13700000002', '13700000003']));
});
