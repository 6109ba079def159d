/** The Word files of monthly reports, read back line by line. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeAction } from '../../cards/action-values.ts';
import { linesOfLetter } from '../support/letters.ts';
import {
  ADA,
  BANNER_MANAGER,
  CLERK,
  OTHER_CLERK,
  OTHER_TOWN,
  openScene,
  type Scene,
  TOWN,
  TOWN_MANAGER,
  VILLAGE,
} from '../support/scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
  await scene.register();
  await scene.does(CLERK, { target: TOWN, label: '接收' });
  await scene.does(CLERK, { target: TOWN, label: '办结', form: { outcome: 'granted' } });
  await scene.does(ADA, { target: VILLAGE, label: '确认送达', form: { deliveryWay: 'pickup' } });
  await scene.does(ADA, { target: VILLAGE, label: '回访评价', form: { rating: '1', comment: '太慢了' } });
  scene.clock.to('2026-12-10T10:00');
});
afterEach(() => scene.close());

const town = () => ({ townId: scene.unitId('巴彦托海镇'), month: '2026-11' });

async function presses(openId: string, value: Parameters<typeof encodeAction>[0], form = {}): Promise<string> {
  const { toast } = await scene.forges(openId, { value: encodeAction(value), chat: TOWN, form });
  await scene.settle();
  return toast?.content ?? '';
}

async function writes(texts: Record<string, string>): Promise<void> {
  await scene.says(TOWN_MANAGER, '/月报');
  await scene.settle();
  await scene.does(TOWN_MANAGER, { target: TOWN_MANAGER, label: '填写文字' });
  await scene.does(TOWN_MANAGER, { target: TOWN_MANAGER, label: '保存', form: texts });
}

function newest() {
  const file = scene.files.at(-1);
  if (!file) throw new Error('no file came');
  return { ...file, lines: linesOfLetter(file.content) };
}

describe('月报 of a town as a Word file', () => {
  it('is an official document with the figures, the texts and their annexes', async () => {
    await writes({ practices: '每周三下乡。\n上门46户。', problems: '', plans: '<w:p>&入户' });
    await presses(TOWN_MANAGER, { action: 'report.submit', ...town() });
    expect(await presses(TOWN_MANAGER, { action: 'report.letter', ...town() })).toContain('做好就私信给您');
    const { target, name, lines } = newest();
    expect([target, name]).toEqual([TOWN_MANAGER, '月报_巴彦托海镇_2026年11月.docx']);
    const body = lines.slice(0, lines.indexOf('黑体16 附件1'));
    expect(body.filter((line) => line !== '' && line !== '---')).toEqual([
      '方正小标宋简体22 巴彦托海镇2026年11月',
      '方正小标宋简体22 帮办代办工作进展情况月报',
      '仿宋16 旗政务服务局：',
      '仿宋16 现将巴彦托海镇2026年11月帮办代办工作进展情况报告如下。',
      '黑体16 一、办件情况',
      '仿宋16 本月登记代办件1件，办结1件，其中不予办理0件；月末在办0件，超期在办0件；按时办结率100.0%（1件）。退回补正0次，再次退回0次。分部门、分类型的数字见附件2。',
      '黑体16 二、群众评价',
      '仿宋16 本月回访评价1件，满意率0.0%（1件）。差评1件，已整改0件。',
      '黑体16 三、队伍和场所',
      expect.stringMatching(
        /^仿宋16 专职代办员5人，兼职代办员0人；没有专职代办员的嘎查社区\d+个（共\d+个）。没有专职代办员的嘎查社区：/,
      ),
      expect.stringMatching(/^仿宋16 七有齐备的便民服务中心0个（共1个），便民服务站0个（共\d+个）。$/),
      '黑体16 四、方案任务',
      expect.stringMatching(/^仿宋16 任务完成0项（共\d+项），逾期\d+项。$/),
      '黑体16 五、主要做法',
      '仿宋16 每周三下乡。',
      '仿宋16 上门46户。',
      '黑体16 六、存在问题',
      '仿宋16 无。',
      '黑体16 七、下步打算',
      '仿宋16 <w:p>&入户',
      '仿宋16 附件：1.主要数字',
      '仿宋16 2.分部门、分类型情况',
      '仿宋16 巴彦托海镇人民政府',
      '仿宋16 2026年12月10日',
      expect.stringMatching(
        /^仿宋9 第1版；台账指纹 巴彦托海镇：第\d+条 [0-9a-f]{16}；包主任 2026年12月10日 10:00 生成$/,
      ),
    ]);
    expect(lines).toContain('| 登记 | 1件 |');
    expect(lines).toContain('| 民政部门 | 1 | 1 | 100.0% | 0 | 0 | 0 |');
    expect(lines).toContain('| 本级帮办代办 | 1 | 1 | 100.0% | 0 | 0 | 0 |');
  });

  it('of a draft says so, goes to nobody but who writes it, and later shows what a 更正 changed', async () => {
    expect(await presses(BANNER_MANAGER, { action: 'report.letter', ...town() })).toContain('还没有报送');
    await presses(TOWN_MANAGER, { action: 'report.letter', ...town() });
    expect(newest().name).toBe('月报_巴彦托海镇_2026年11月_草稿.docx');
    expect(newest().lines.join('\n')).toContain('草稿，还没有报送');
    await presses(TOWN_MANAGER, { action: 'report.submit', ...town() });
    await scene.says(TOWN_MANAGER, '/月报');
    await scene.settle();
    await scene.does(TOWN_MANAGER, { target: TOWN_MANAGER, label: '更正' });
    await scene.does(TOWN_MANAGER, { target: TOWN_MANAGER, label: '先改文字' });
    await scene.does(TOWN_MANAGER, { target: TOWN_MANAGER, label: '保存', form: { plans: '培训' } });
    await presses(TOWN_MANAGER, { action: 'report.correct', version: 1, ...town() }, { reason: '补写打算' });
    await presses(BANNER_MANAGER, { action: 'report.letter', ...town() });
    const words = newest().lines.join('\n');
    expect(newest().target).toBe(BANNER_MANAGER);
    expect(words).toMatch(/更正第1版。更正原因：补写打算。\n.*下步打算：（空） → 培训/);
    expect(await presses(CLERK, { action: 'report.letter', ...town() })).toContain('管理员包主任');
  });
});

describe('the Word file of all towns', () => {
  it('names who reported and who did not, sums up what was submitted, and holds every text', async () => {
    await writes({ practices: '每周三下乡。' });
    await presses(TOWN_MANAGER, { action: 'report.submit', ...town() });
    scene.clock.to('2026-12-17T10:00');
    await scene.says(OTHER_CLERK, '/月报', OTHER_TOWN);
    await scene.settle();
    await scene.does(OTHER_CLERK, { target: OTHER_TOWN, label: '确认报送' });
    expect(await presses(BANNER_MANAGER, { action: 'report.letters', month: '2026-11' })).toContain('私信给您');
    const { name, lines } = newest();
    expect(name).toBe('月报_2026年11月_各镇.docx');
    const words = lines.join('\n');
    expect(words).toMatch(/应报送10个，已报送2个，其中逾期1个（大雁镇晚2天）。未报送：锡尼河西苏木、/);
    expect(words).toContain('登记代办件1件，办结1件，按时办结率100.0%（1件）；月末在办0件');
    expect(words).toMatch(/\| 巴彦托海镇 \| 12月10日 \| 1件 \| 1件 \| 100\.0%\/（1件） \|/);
    expect(words).toMatch(/\| 大雁镇 \| 12月17日，晚2天 \| 0件 \|/);
    expect(words).toMatch(/\| 辉苏木 \| 未报送 \| — \|/);
    expect(words).toContain('仿宋16 主要做法：每周三下乡。');
    expect(await presses(TOWN_MANAGER, { action: 'report.letters', month: '2026-11' })).toContain('由旗里的管理员');
  });
});
