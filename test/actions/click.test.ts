import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodes } from '../cards/reading.ts';
import { CLERK, openScene, type Scene, TOWN } from '../support/scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

describe('a form sent by a client that leaves the value out', () => {
  async function press(sent: { value: unknown; name: string }) {
    const { card, messageId } = scene.last(TOWN);
    const { name = '' } = nodes(card).find((node) => String(node.name).startsWith('case.complete')) ?? {};
    return scene.app.receive({
      ...{ kind: 'action' as const, eventId: `ev_${sent.name}`, messageId, chatId: TOWN, openId: CLERK },
      value: sent.value,
      name: sent.name.replace('NAME', String(name)),
      form: { outcome: 'granted', note: '已发放' },
    });
  }

  it('takes its step, known by its name', async () => {
    const { id } = await scene.register();
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    expect(await press({ value: undefined, name: 'NAME' })).toMatchObject({ toast: { type: 'success' } });
    expect(await scene.record(id)).toMatchObject({ state: 'completed' });
  });

  it('is refused when neither says anything', async () => {
    const { id } = await scene.register();
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    for (const name of ['', 'completeButton']) {
      expect(await press({ value: undefined, name })).toMatchObject({ toast: { type: 'warning' } });
    }
    expect(await scene.record(id)).toMatchObject({ state: 'accepted' });
  });
});
