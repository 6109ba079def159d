import { expect, test } from 'vitest';
import { smallPicture } from '../../sandbox/said.ts';
import { messageText } from '../../sandbox/text.ts';
import { post, sdkSocket, village } from './support.ts';

interface Heard {
  readonly message_type: string;
  readonly content: string;
  readonly root_id?: string;
  readonly parent_id?: string;
  readonly mentions?: readonly { key: string; name: string }[];
}

/** A village whose bot keeps what it hears, and a way to the control interface. */
async function listening() {
  const all = await village();
  const heard: Heard[] = [];
  await sdkSocket(all.sandbox, {
    'im.message.receive_v1': ({ message }: { message: Heard }) => void heard.push(message),
  });
  const control = async (path: string, init: { json?: object; bytes?: Buffer }) => {
    const type = init.json === undefined ? 'application/octet-stream' : 'application/json';
    const body = init.json === undefined ? new Uint8Array(init.bytes ?? Buffer.alloc(0)) : JSON.stringify(init.json);
    const response = await fetch(`${all.sandbox.url}/sandbox/${path}`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    return { status: response.status, body: (await response.json()) as Record<string, string> };
  };
  return { ...all, heard, control };
}

test('pictures with words come as a rich text whose mention makes a group audible', async () => {
  const { ada, group, heard, sandbox } = await listening();
  const asked = post(sandbox, { chatId: group.chatId, card: {} });
  await ada.says(group, '材料', { pictures: [smallPicture, smallPicture], repliesTo: asked });
  await ada.says(group, '闲聊', { pictures: [smallPicture], mention: false });
  expect(heard).toHaveLength(1);
  expect(heard[0]).toMatchObject({ message_type: 'post', root_id: asked.messageId, parent_id: asked.messageId });
  expect(heard[0]?.mentions).toEqual([expect.objectContaining({ key: '@_user_1', name: '代办' })]);
  const { title, content } = JSON.parse(heard[0]?.content ?? '');
  expect(title).toBe('');
  expect(content[0]).toEqual([
    { tag: 'at', user_id: '@_user_1', user_name: '代办', style: [] },
    { tag: 'text', text: ' 材料', style: [] },
  ]);
  const keys = content.slice(1).map(([piece]: [{ tag: string; image_key: string }]) => [piece.tag, piece.image_key]);
  expect(keys.map(([tag, key]: string[]) => [tag, sandbox.world.files.get(key ?? '')?.kind])).toEqual([
    ['img', 'image'],
    ['img', 'image'],
  ]);
  expect(ada.sees(group)[1]).toBe('阿达：@代办 材料\n（图片）\n（图片）');
});

test('a reply to a reply keeps the root; a picture alone and a file reach the private chat only', async () => {
  const { ada, group, heard } = await listening();
  const first = await ada.says('一');
  const second = await ada.says(undefined, '二', { repliesTo: first });
  await ada.shows(undefined, smallPicture, { repliesTo: second });
  await ada.gives(undefined, { name: '户口本.pdf', bytes: Buffer.from('%PDF-1.4') });
  await ada.shows(group);
  await ada.gives(group, { name: '户口本.pdf', bytes: Buffer.from('%PDF-1.4') });
  expect(heard.map((message) => [message.message_type, message.root_id, message.parent_id])).toEqual([
    ['text', undefined, undefined],
    ['text', first.messageId, first.messageId],
    ['image', first.messageId, second.messageId],
    ['file', undefined, undefined],
  ]);
  expect(JSON.parse(heard[3]?.content ?? '')).toMatchObject({
    file_name: '户口本.pdf',
    file_key: expect.stringMatching(/^file_v3_/),
  });
});

test('what a client would not send is refused: a foreign or recalled message answered, a file shown as picture', async () => {
  const { ada, bao, group, heard, sandbox } = await listening();
  const elsewhere = await bao.says('私下说');
  await expect(ada.says(group, '一', { repliesTo: elsewhere })).rejects.toThrow('no such message in this chat');
  const gone = await ada.says(group, '二');
  sandbox.world.recallMessage(gone.messageId);
  await expect(ada.says(group, '三', { repliesTo: gone })).rejects.toThrow('recalled');
  const file = sandbox.world.addFile({ kind: 'file', type: 'pdf', name: 'a.pdf', bytes: Buffer.from('%PDF-') });
  await expect(ada.shows(undefined, file)).rejects.toThrow('not uploaded as image');
  expect(heard.map(({ content }) => JSON.parse(content).text)).toEqual(['私下说', '@_user_1 二']);
});

test('a page uploads first and then says it; pictures without words go one by one', async () => {
  const { ada, heard, control, sandbox } = await listening();
  const upload = async (query: string, bytes = smallPicture.bytes) =>
    (await control(`upload?${query}`, { bytes })).body;
  const [one, two] = [await upload('kind=image&name=1.png'), await upload('kind=image&name=2.png')];
  const file = await upload(`kind=file&name=${encodeURIComponent('证明.pdf')}`, Buffer.from('%PDF-1.4'));
  const { openId } = ada;
  const asked = await ada.says('问');
  await control('say', { json: { openId, pictures: [one['key'], two['key']], repliesTo: asked.messageId } });
  await control('say', { json: { openId, text: '看', pictures: [one['key']] } });
  await control('say', { json: { openId, file: file['key'] } });
  expect(heard.map((message) => [message.message_type, message.parent_id])).toEqual([
    ['text', undefined],
    ['image', asked.messageId],
    ['image', asked.messageId],
    ['post', undefined],
    ['file', undefined],
  ]);
  expect(ada.sees().at(-1)).toBe('阿达：（文件）');
  const wrong = [
    { openId },
    { openId, pictures: ['img_v3_unknown'] },
    { openId, text: '一', repliesTo: 'om_unknown' },
    { openId, pictures: Array.from({ length: 10 }, () => one['key']) },
  ];
  for (const json of wrong) expect((await control('say', { json })).status).toBe(400);
  expect((await control('upload?kind=image&name=3.png', {})).status).toBe(400);
  expect((await control('upload?kind=video&name=3.mp4', { bytes: smallPicture.bytes })).status).toBe(400);
  expect(sandbox.world.messagesOf(ada.privateChat.chatId)).toHaveLength(5);
});

test('pictures and PDFs open in the browser, anything else is downloaded under its name', async () => {
  const { sandbox } = await village();
  const file = async (name: string, bytes: Buffer) => {
    const { key } = sandbox.world.addFile({ kind: 'file', type: 'stream', name, bytes });
    const { headers } = await fetch(`${sandbox.url}/sandbox/files/${key}`);
    return [headers.get('content-type'), headers.get('content-disposition')];
  };
  expect(await file('a.bin', smallPicture.bytes)).toEqual(['image/png', null]);
  expect(await file('a.pdf', Buffer.from('%PDF-1.4'))).toEqual(['application/pdf', null]);
  const page = await file('a.pdf', Buffer.from('<script>alert(1)</script>'));
  expect(page[1]).toBe('attachment; filename=a.pdf');
});

test('a rich text reads the same bare, as it arrives, and under a language, as an app sends it', () => {
  const body = { title: '题', content: [[{ tag: 'text', text: '一' }], [{ tag: 'img', image_key: 'img_v3_1' }]] };
  for (const content of [body, { zh_cn: body }]) {
    expect(messageText({ msgType: 'post', content: JSON.stringify(content), recalled: false })).toBe(
      '题\n一\n（图片）',
    );
  }
});
