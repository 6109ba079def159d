import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agentReads, agentWrites } from '../../db/repositories/agent.ts';
import { wordsOf } from '../support/office.ts';
import {
  ADA,
  BAI,
  BANNER_MANAGER,
  CLERK,
  NAME,
  openScene,
  RELIEF,
  type Scene,
  TOWN,
  TOWN_MANAGER,
  VILLAGE,
} from '../support/scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

async function asks(openId: string, line: string, chat?: string): Promise<string> {
  await scene.says(openId, line, chat);
  await scene.settle();
  return wordsOf(scene.last(chat ?? openId).card).replaceAll('&#42;', '*');
}

describe('/待办', () => {
  it('tells an agent of what others have to deal with: with whom, since when', async () => {
    await scene.register();
    await scene.clock.to('2026-11-25T10:00');
    await scene.register({ itemName: RELIEF });
    const before = await asks(ADA, '/待办');
    expect(before).toMatch(/要我办[\s\S]*没有要办的件[\s\S]*等别人办[\s\S]*共2件/);
    expect(before).toContain('等巴彦托海镇便民服务中心接收，11月23日起');
    expect(before).toContain('等巴彦托海镇便民服务中心接收，11月25日起');
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    expect(await asks(ADA, '/待办')).toContain('等巴彦托海镇便民服务中心办理，11月25日起');
    expect(await asks(BAI, '/待办')).not.toContain('等别人办');
  });

  it('moves a case to who has to do something, and says what', async () => {
    await scene.register();
    expect(await asks(CLERK, '/待办')).toContain('请接收');
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    expect(await asks(CLERK, '/待办')).toContain('请办理');
    await scene.does(CLERK, { target: TOWN, label: '退回补正', form: { note: '缺户口本', materials: '户口本' } });
    const returned = await asks(ADA, '/待办');
    expect(returned).toContain('请补正后重新转送');
    expect(returned).not.toContain('等别人办');
    expect(await asks(CLERK, '/待办')).toContain('没有要办的件');
  });

  it('shows names in full to those whose unit deals with the case, and only in private', async () => {
    await scene.register();
    expect(await asks(ADA, '/待办')).toContain(NAME);
    expect(await asks(CLERK, '/待办')).toContain(NAME);
    for (const [openId, chat] of [
      [ADA, VILLAGE],
      [CLERK, TOWN],
    ] as const) {
      const words = await asks(openId, '/待办', chat);
      expect(words).toContain('张**');
      expect(words).not.toContain(NAME);
    }
  });

  it('tells namesakes apart by their telephones, and two errands of one person by nothing', async () => {
    await scene.register({ applicantName: '张三', phone: '13812340000' });
    await scene.register({ applicantName: '李四', phone: '13812347777' });
    await scene.register({ applicantName: '李四', phone: '13812347777', itemName: RELIEF });
    expect(await asks(ADA, '/待办')).not.toContain('尾号');
    await scene.register({ applicantName: '张三', phone: '13812348888', itemName: RELIEF });
    const words = await asks(ADA, '张三');
    expect(words).toContain('26-01-00001　尾号0000');
    expect(words).toContain('26-01-00004　尾号8888');
    const all = await asks(ADA, '/待办');
    expect(all).toContain('尾号8888');
    expect(all).not.toContain('7777');
  });

  it('tells no telephone in a group, nor beside people whose masked names alone are alike', async () => {
    await scene.register({ applicantName: '张三', phone: '13812340000' });
    await scene.register({ applicantName: '张四', phone: '13812341111', itemName: RELIEF });
    expect(await asks(TOWN_MANAGER, '/待办')).not.toContain('尾号');
    await scene.register({ applicantName: '张三', phone: '13812348888', itemName: RELIEF });
    expect(await asks(ADA, '/待办', VILLAGE)).not.toContain('尾号');
    const own = await asks(ADA, '/待办');
    expect([...own.matchAll(/尾号(\d{4})/g)].map(([, tail]) => tail).sort()).toEqual(['0000', '8888']);
  });

  it('and so does a list that was looked for; a manager above, who does not, sees them masked', async () => {
    await scene.register();
    await scene.register({ itemName: RELIEF });
    expect(await asks(ADA, `/查 ${NAME}`)).toContain(NAME);
    expect(await asks(ADA, `/查 ${NAME}`, VILLAGE)).not.toContain(NAME);
    const words = await asks(BANNER_MANAGER, `/查 ${NAME}`);
    expect(words).toContain('共2件');
    expect(words).not.toContain(NAME);
  });

  it('comes to nobody who has left meanwhile', async () => {
    await scene.register();
    const before = scene.posted.length;
    await scene.says(ADA, '/待办');
    await scene.db.write(async (tx) => {
      const agent = await agentReads.byOpenId(tx, ADA);
      if (agent) await agentWrites.update(tx, { id: agent.id, set: { status: 'left' } });
    });
    await scene.settle();
    expect(scene.posted.slice(before)).toEqual([]);
  });

  it('keeps no name in the database in clear, and opens the living card', async () => {
    await scene.register();
    await scene.says(TOWN_MANAGER, '/待办');
    const rows = await scene.db.read(({ q, t }) => Promise.resolve(q.select().from(t.outbox)));
    expect(JSON.stringify(rows)).not.toContain(NAME);
    await scene.settle();
    await scene.does(TOWN_MANAGER, { target: TOWN_MANAGER, label: '打开' });
    expect(wordsOf(scene.last(TOWN_MANAGER).card)).toContain('代办件 26-01-00001');
  });
});
