/** The papers of a case (委托书、受理单、告知单、办结单), asked for at its card and read back from the files that came. */
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeAction } from '../../cards/action-values.ts';
import type { Slip } from '../../src/domain/slip.ts';
import { buttonLabels } from '../cards/reading.ts';
import { linesOfLetter, partsOf, picturesOf } from '../support/letters.ts';
import { readCode } from '../support/qr.ts';
import {
  ADA,
  ADMIN,
  BANNER_MANAGER,
  CIVIL_CLERK,
  CLERK,
  ID_NUMBER,
  NAME,
  OTHER_CLERK,
  openScene,
  PHONE,
  type Scene,
  SECOND,
  TOWN,
  VILLAGE,
} from '../support/scene.ts';

const ADDRESS = '呼格吉勒街88号楼3单元402室';
const MATERIALS = ['身份证、户口簿', '收入证明', '残疾证'];

let scene: Scene;
let caseId: number;

beforeEach(async () => {
  scene = await openScene();
  await scene.db.write(({ q, t }) => q.update(t.itemVersions).set({ materials: MATERIALS }));
  ({ id: caseId } = await scene.register({ idNumber: ID_NUMBER, address: ADDRESS }));
});
afterEach(() => scene.close());

async function prints(openId: string, slip: Slip, { large = false, chat = TOWN } = {}): Promise<string> {
  const value = encodeAction({ action: 'case.print', caseId, slip, large });
  const { toast } = await scene.forges(openId, { value, chat });
  await scene.settle();
  return toast?.content ?? '';
}

async function steps(
  openId: string,
  step: 'accept' | 'escalate' | 'suspend' | 'terminate' | 'withdraw',
  form: Record<string, string>,
) {
  const { version } = await scene.record(caseId);
  await scene.forges(openId, { value: encodeAction({ action: `case.${step}`, caseId, version }), chat: TOWN, form });
  await scene.settle();
}

function newest() {
  const file = scene.files.at(-1);
  if (!file) throw new Error('no file came');
  const lines = linesOfLetter(file.content).map((line) => line.replace(/^(?!\|)\S+ /, ''));
  return { ...file, words: lines.join('\n') };
}

async function offered(openId: string): Promise<string[]> {
  await scene.forges(openId, { value: encodeAction({ action: 'case.askPrint', caseId }), chat: TOWN });
  await scene.settle();
  return buttonLabels(scene.last(openId).card).filter((label) => label !== '大字');
}

const accepts = () => scene.does(CLERK, { target: TOWN, label: '接收' });
const completes = (form: Record<string, string>) => scene.does(CLERK, { target: TOWN, label: '办结', form });
const names = (unit: string, nameMongolian: string) =>
  scene.db.write(({ q, t }) => q.update(t.units).set({ nameMongolian }).where(eq(t.units.name, unit)));

describe('what can be printed follows what has become of the case', () => {
  it('from the registration to the end', async () => {
    expect(await offered(ADA)).toEqual(['委托书', '一次性告知单']);
    await accepts();
    expect(await offered(ADA)).toEqual(['委托书', '受理单', '一次性告知单']);
    await steps(CLERK, 'suspend', { suspendReason: 'season' });
    expect(await offered(CLERK)).toEqual(['委托书', '受理单', '一次性告知单', '中止告知单']);
    await steps(CLERK, 'terminate', { terminateReason: 'asked', terminateAdvice: '以后再来' });
    expect(await offered(CLERK)).toEqual(['委托书', '终止告知单']);
    ({ id: caseId } = await scene.register());
    await accepts();
    await completes({ outcome: 'granted' });
    expect(await offered(CLERK)).toEqual(['委托书', '受理单', '办结单']);
    ({ id: caseId } = await scene.register());
    await accepts();
    await completes({ outcome: 'refused', note: '收入超过标准', advice: '申请临时救助' });
    expect(await offered(ADA)).toEqual(['委托书', '不予办理告知单']);
  });

  it('受理单 is the paper of who holds the case: passed up, it waits for the other’s 接收 and has its day', async () => {
    ({ id: caseId } = await scene.register());
    await accepts();
    await steps(CLERK, 'escalate', {});
    expect(await offered(ADA)).not.toContain('受理单');
    scene.clock.to('2026-11-25T10:00');
    await steps(CIVIL_CLERK, 'accept', {});
    expect(await offered(ADA)).toContain('受理单');
    await prints(ADA, 'acceptance');
    expect(newest().words).toContain('| 受理日期 | 2026年11月25日 |');
  });

  it('what does not fit is refused and comes not, pressed at an old card', async () => {
    expect(await prints(ADA, 'completion')).toBe(
      '26-01-00001 现在没有办结单可打印，请在代办件卡片上点“打印”，看现在有哪些。',
    );
    expect(scene.files).toEqual([]);
  });
});

describe('what stands in each', () => {
  it('委托书: both sides, what for and how long, everything whole, and a consent of its own for what is sensitive', async () => {
    await prints(ADA, 'mandate', { chat: VILLAGE });
    const { words, name } = newest();
    expect(name).toBe('委托书_26-01-00001.docx');
    expect(words).toContain(`| 委托人 | ${NAME} | 联系电话 | ${PHONE} |`);
    expect(words).toContain(`| 身份证号 | ${ID_NUMBER} |`);
    expect(words).toContain(`| 住址 | ${ADDRESS} |`);
    expect(words).toContain('| 受托人 | 安达社区便民服务站　代办员阿达 |');
    expect(words).toContain('| 委托事项 | 最低生活保障对象认定 |');
    expect(words).toMatch(/委托权限：代为提交.*\n委托期限：自签名之日起/);
    expect(words).toContain('《个人信息保护法》第十三条、第十五条、第二十九条');
    for (const signer of ['委托人（签名、按指印）：', '敏感个人信息单独同意（签名）：', '受托代办员（签名）：']) {
      expect(words).toContain(`\n${signer}`);
    }
  });

  it('受理单: the promise with its last day, and the materials of the version it was registered under; numbers are masked', async () => {
    await accepts();
    const { itemVersionId } = await scene.record(caseId);
    await scene.db.write(async ({ q, t }) => {
      const [version] = await q.select().from(t.itemVersions).where(eq(t.itemVersions.id, itemVersionId));
      if (!version) throw new Error('the case has no version');
      const { id: _, ...same } = version;
      await q.insert(t.itemVersions).values({ ...same, effectiveDay: '2026-11-23', materials: ['别的'] });
    });
    await prints(CLERK, 'acceptance');
    const { words } = newest();
    expect(words).toContain(`| 申请人 | ${NAME} | 联系电话 | 138****1234 |`);
    expect(words).toContain('| 受理日期 | 2026年11月23日 | 承诺时限 | 5个工作日 |');
    expect(words).toContain('| 办结期限 | 最晚2026年11月30日（周一） |');
    expect(words).toContain('| 2 | 收入证明 | □ |');
    expect(words).toMatch(/巴彦托海镇便民服务中心（盖章）\n2026年11月23日/);
    expect(words).not.toContain(PHONE);
    expect(words).not.toContain(ID_NUMBER);
    expect(words).not.toContain(ADDRESS);
  });

  it('一次性告知单: first what the item asks for, after a return all that is missing, line by line', async () => {
    await prints(ADA, 'materials');
    expect(newest().words).toContain('| 3 | 残疾证 | □ |');
    expect(newest().words).toContain('安达社区便民服务站（盖章）');
    await accepts();
    const missing = { note: '复印件看不清', materials: '户口簿首页\n委托书原件' };
    await scene.does(CLERK, { target: TOWN, label: '退回补正', form: missing });
    await prints(ADA, 'materials');
    const { words } = newest();
    expect(words).toMatch(/原因：复印件看不清\n需要补正的材料\n.*\n\| 1 \| 户口簿首页 \|\n\| 2 \| 委托书原件 \|/);
    expect(words).toContain('补正期间不计时，还剩5个工作日');
    expect(words).toContain('《行政许可法》第三十二条');
    expect(words).toContain('巴彦托海镇便民服务中心（盖章）');
    expect(words).not.toContain('残疾证');
  });

  it('办结单: the result, and room for the rating', async () => {
    await accepts();
    await completes({ outcome: 'granted', note: '自下月起发放' });
    await prints(CLERK, 'completion');
    expect(newest().words).toMatch(/办理结果：予以办理。\n说明：自下月起发放\n/);
    expect(newest().words).toContain('| 非常满意 | 满意 | 基本满意 | 不满意 | 非常不满意 |');
  });

  it('不予办理告知单: the reason, what next, and both ways to object with their terms', async () => {
    await accepts();
    await completes({ outcome: 'refused', note: '收入超过标准', advice: '申请临时救助' });
    await prints(CLERK, 'refusal');
    const { words } = newest();
    expect(words).toMatch(/不予办理。\n理由：收入超过标准\n您下一步可以：申请临时救助\n/);
    expect(words).toContain('六十日内向鄂温克族自治旗人民政府申请行政复议（《行政复议法》第二十条）');
    expect(words).toContain('六个月内直接向有管辖权的人民法院提起行政诉讼（《行政诉讼法》第四十六条）');
  });

  it('中止告知单 and 终止告知单: since when and why; of a 撤回 no way to object', async () => {
    await accepts();
    await steps(CLERK, 'suspend', { suspendReason: 'applicant', suspendNote: '等残疾证换发' });
    await prints(CLERK, 'suspension');
    expect(newest().words).toMatch(
      /自2026年11月23日起中止办理。\n原因：等群众提供：等残疾证换发\n.*恢复后还有5个工作日/,
    );
    await steps(CLERK, 'terminate', { terminateReason: 'papersLate', terminateAdvice: '备齐再来' });
    await prints(CLERK, 'termination');
    expect(newest().words).toMatch(/原因：申请人逾期未补齐材料\n您下一步可以：备齐再来[\s\S]*行政复议/);
    ({ id: caseId } = await scene.register());
    await steps(ADA, 'withdraw', { note: '不想办了' });
    await prints(ADA, 'termination');
    expect(newest().words).toContain('原因：撤回办理：不想办了');
    expect(newest().words).not.toContain('行政复议');
  });
});

describe('who gets it, and where', () => {
  it('whoever handles the case, privately, though it was asked for in a group; each time is in the ledger', async () => {
    const said = await prints(SECOND, 'mandate', { chat: TOWN });
    expect(said).toBe('正在生成26-01-00001 的委托书，做好就私信给您，这次打印记入台账');
    expect(scene.files.map(({ target }) => target)).toEqual([SECOND]);
    const looks = (await scene.entries(caseId)).filter(({ kind }) => kind === 'reveal');
    expect(looks.map(({ payload }) => JSON.parse(payload))).toEqual([{ toPrint: 'mandate' }]);
  });

  it.each([OTHER_CLERK, BANNER_MANAGER, ADMIN])('not %s, neither the choice nor the file', async (openId) => {
    expect(await prints(openId, 'mandate')).toContain('只有经手这件代办的人能打印');
    const value = encodeAction({ action: 'case.askPrint', caseId });
    const { toast } = await scene.forges(openId, { value, chat: TOWN });
    expect(toast?.content).toContain('只有经手这件代办的人能打印');
    expect(scene.files).toEqual([]);
  });

  it('asked twice before it is made, it comes once; not to who has left meanwhile', async () => {
    const value = encodeAction({ action: 'case.print', caseId, slip: 'mandate', large: false });
    await scene.forges(SECOND, { value, chat: TOWN });
    await scene.forges(SECOND, { value, chat: TOWN });
    await scene.settle();
    expect(scene.files).toHaveLength(1);
    await scene.forges(SECOND, { value, chat: TOWN });
    await scene.db.write(({ q, t }) => q.update(t.agents).set({ status: 'left' }).where(eq(t.agents.openId, SECOND)));
    await scene.settle();
    expect(scene.files).toHaveLength(1);
  });

  it('nobody once the person is erased: neither what is asked for then, nor what was asked for before', async () => {
    await scene.forges(ADA, { value: encodeAction({ action: 'case.print', caseId, slip: 'mandate', large: false }) });
    const reason = '本人书面申请删除';
    await scene.forges(ADMIN, { value: encodeAction({ action: 'case.erase', caseId }), chat: ADMIN, form: { reason } });
    await scene.settle();
    expect(scene.files).toEqual([]);
    expect(await prints(ADA, 'mandate')).toContain('已按规定删除');
  });

  it('the choice tells nothing of the person, and the name of the file neither', async () => {
    await offered(ADA);
    const card = JSON.stringify(scene.last(ADA).card);
    await prints(ADA, 'mandate', { large: true });
    expect(newest().name).toBe('委托书_26-01-00001_大字.docx');
    for (const secret of [NAME, PHONE, ID_NUMBER, ADDRESS]) expect(card).not.toContain(secret);
  });
});

describe('how it looks', () => {
  it('the code says the number of the case', async () => {
    await prints(ADA, 'mandate');
    const [picture] = picturesOf(newest().content);
    expect(await readCode(picture ?? Buffer.alloc(0))).toBe('26-01-00001');
  });

  it('in large type nothing but the number below the code and the foot is smaller than 小二', async () => {
    await prints(ADA, 'mandate', { large: true });
    const body = partsOf(newest().content).get('word/document.xml') ?? '';
    const runs = body.match(/<w:r>.*?<\/w:r>/gs)?.filter((run) => run.includes('<w:t')) ?? [];
    const small = runs.filter((run) => Number(/<w:sz w:val="(\d+)"/.exec(run)?.[1]) < 36);
    expect(runs.length).toBeGreaterThan(20);
    expect(small.map((run) => run.replace(/<[^>]+>/g, ''))).toEqual(['26-01-00001']);
  });

  it('a Cyrillic name stands below the Chinese one; one in the traditional script beside it, from top to bottom', async () => {
    await names('安达社区', 'Анда нийгэмлэг');
    await names('巴彦托海镇', 'ᠪᠠᠶᠠᠨᠲᠣᠬᠠᠢ');
    await prints(ADA, 'mandate');
    const below = partsOf(newest().content).get('word/document.xml') ?? '';
    expect(below).toMatch(/安达社区便民服务站.*Анда нийгэмлэг.*委托书/s);
    expect(below).not.toContain('textDirection');
    await accepts();
    await prints(CLERK, 'acceptance');
    const parts = partsOf(newest().content);
    const cell = /<w:tc>(?:(?!<\/w:tc>).)*tbLrV.*?<\/w:tc>/s.exec(parts.get('word/document.xml') ?? '')?.[0] ?? '';
    expect(cell).toContain('ᠪᠠᠶᠠᠨᠲᠣᠬᠠᠢ');
    expect(cell).toContain('w:cs="Mongolian Baiti"');
    expect(parts.get('word/fontTable.xml')).toContain(
      '<w:font w:name="Mongolian Baiti"><w:altName w:val="Noto Sans Mongolian"/>',
    );
    expect(scene.posted.some(({ card }) => /[\u1800-\u18AF]/u.test(JSON.stringify(card)))).toBe(false);
  });

  it('without a Mongolian name there is none', async () => {
    await prints(ADA, 'mandate');
    expect(partsOf(newest().content).get('word/document.xml')).not.toContain('Times New Roman');
  });
});
