import { expect, it } from 'vitest';
import { sdkClient, village } from './support.ts';

/** Which answers the bot gets for a picture of the chat, and what it is asked by. */
async function setUp() {
  const all = await village();
  const { world } = all.sandbox;
  const { key } = world.addFile({ kind: 'image', type: 'message', name: '', bytes: Buffer.from('a picture') });
  const send = (msgType: string, content: object) =>
    world.addMessage({
      chatId: all.group.chatId,
      senderOpenId: all.ada.openId,
      msgType,
      content: JSON.stringify(content),
    });
  const picture = send('image', { image_key: key });
  const client = sdkClient(all.sandbox);
  const codeFor = async (messageId: string, fileKey: string, type = 'image') => {
    const url = `/open-apis/im/v1/messages/${messageId}/resources/${fileKey}`;
    const answer: unknown = await client
      .request({ method: 'GET', url, params: { type } })
      .catch((error: { response?: { data?: unknown } }) => error.response?.data);
    return typeof answer === 'object' && answer !== null && 'code' in answer ? answer.code : answer;
  };
  return { ...all, world, key, picture, send, codeFor };
}

it('gives what somebody sent in a message', async () => {
  const { codeFor, picture, key } = await setUp();
  expect(String(await codeFor(picture.messageId, key))).toBe('a picture');
});

it('refuses as the platform does', async () => {
  const { codeFor, picture, key, send, world, group } = await setUp();
  expect(await codeFor('om_nobody', key)).toBe(234001);
  expect(await codeFor(picture.messageId, key, 'file')).toBe(234001);
  expect(await codeFor(send('image', { image_key: 'img_v3_other' }).messageId, key)).toBe(234003);
  expect(await codeFor(send('interactive', { image_key: key }).messageId, key)).toBe(234043);
  world.changeChat(group.chatId, { hasBot: false });
  expect(await codeFor(picture.messageId, key)).toBe(234004);
  world.changeChat(group.chatId, { hasBot: true });
  world.recallMessage(picture.messageId);
  expect(await codeFor(picture.messageId, key)).toBe(230110);
});
