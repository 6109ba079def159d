import { describe, expect, it } from 'vitest';
import { readEnvelope } from '../../src/lark/inbound.ts';
import { Unreadable } from '../../src/lark/unreadable.ts';
import { BOT, clickEnvelope, envelope, messageEnvelope } from './support.ts';

const known = { botOpenId: BOT };
const unknown = { botOpenId: undefined };
const bot = { key: '@_user_1', id: { open_id: BOT }, name: '代办' };
const ada = { key: '@_user_2', id: { open_id: 'ou_ada' }, name: '阿达' };
const text = (words: string, mentions: unknown[] = [bot], more: Record<string, unknown> = {}) =>
  messageEnvelope({ content: JSON.stringify({ text: words }), mentions, ...more });
const post = (content: unknown, mentions: unknown[] = [bot]) =>
  messageEnvelope({ message_type: 'post', content: JSON.stringify(content), mentions });

describe('messages', () => {
  it('reads a line in a group', () => {
    expect(readEnvelope(messageEnvelope(), known)).toEqual({
      kind: 'message',
      eventId: 'ev-1',
      messageId: 'om_1',
      chatId: 'oc_group',
      chatType: 'group',
      openId: 'ou_ada',
      text: '/待办',
      mentionsBot: true,
      isText: true,
    });
  });

  it.each([
    ['@_user_1 /登记 低保 张三', '/登记 低保 张三'],
    ['/登记 @_user_1', '/登记'],
    ['@_user_1　／待办', '／待办'],
    ['@_user_1 请 @_user_2 看', '请 @阿达 看'],
    ['@_all @_user_1 通知', '@所有人  通知'],
    ['@_user_1 第一行\n第二行', '第一行\n第二行'],
    ['@_user_1', ''],
    ['@_user_1 @_user_9', '@_user_9'],
  ])('%j becomes %j', (words, expected) => {
    expect(readEnvelope(text(words, [bot, ada]), known)).toMatchObject({ text: expected, mentionsBot: true });
  });

  it('does not take @_user_1 for the start of @_user_10', () => {
    const tenth = { key: '@_user_10', id: { open_id: 'ou_ten' }, name: '十号' };
    expect(readEnvelope(text('@_user_1 @_user_10', [bot, tenth]), known)).toMatchObject({ text: '@十号' });
  });

  it('does not read a name as another mention', () => {
    const sly = { ...ada, name: '@_user_1 @_all' };
    expect(readEnvelope(text('@_user_1 @_user_2', [bot, sly]), known)).toMatchObject({ text: '@@_user_1 @_all' });
  });

  it('knows when the bot is not meant', () => {
    expect(readEnvelope(text('@_user_2 看', [ada]), known)).toMatchObject({ mentionsBot: false, text: '@阿达 看' });
    expect(readEnvelope(text('大家好', []), known)).toMatchObject({ mentionsBot: false });
    expect(readEnvelope(text('@_all 大家好', []), known)).toMatchObject({ mentionsBot: false, text: '@所有人 大家好' });
  });

  it('takes the mention that opens the line for the bot while its id is unknown', () => {
    expect(readEnvelope(text('@_user_1 /我'), unknown)).toMatchObject({ mentionsBot: true, text: '/我' });
    expect(readEnvelope(text('请 @_user_1 看'), unknown)).toMatchObject({ mentionsBot: false, text: '请 @代办 看' });
  });

  it('always counts as meant in a private chat', () => {
    const line = text('待办', [], { chat_type: 'p2p', mentions: undefined });
    expect(readEnvelope(line, known)).toMatchObject({ chatType: 'p2p', mentionsBot: true, text: '待办' });
  });

  it('treats a topic group as a group', () => {
    expect(readEnvelope(text('@_user_1 好', [bot], { chat_type: 'topic_group' }), known)).toMatchObject({
      chatType: 'group',
    });
  });

  it('reads a post as plain text, bare or under a language', () => {
    const body = {
      title: '情况',
      content: [
        [
          { tag: 'at', user_id: '@_user_1' },
          { tag: 'text', text: ' /登记 ' },
          { tag: 'a', text: '低保', href: 'https://example.org' },
        ],
        [{ tag: 'img', image_key: 'img_1' }],
        [
          { tag: 'at', user_id: 'all' },
          { tag: 'text', text: '第二行' },
        ],
      ],
    };
    const expected = { text: '情况\n /登记 低保\n@所有人第二行', isText: true, mentionsBot: true };
    expect(readEnvelope(post(body), known)).toMatchObject(expected);
    expect(readEnvelope(post({ zh_cn: body }), known)).toMatchObject(expected);
    expect(readEnvelope(post({ en_us: { ...body, title: null } }), known)).toMatchObject({ isText: true });
  });

  it.each(['image', 'file', 'audio', 'sticker', 'something_new'])('has no words for %s', (type) => {
    const line = messageEnvelope({ message_type: type, content: 'not even JSON' });
    expect(readEnvelope(line, known)).toMatchObject({ isText: false, text: '' });
  });

  it('ignores messages of apps, its own included, which name no person', () => {
    const own = messageEnvelope();
    Object.assign(own, { event: { sender: { sender_type: 'app', sender_id: null }, message: {} } });
    expect(readEnvelope(own, known)).toBeUndefined();
  });

  it('lets fields it does not use come and go', () => {
    const line = text('@_user_1 好', [{ ...bot, name: undefined, avatar: 1 }], { user_agent: 'x', thread_id: 7 });
    expect(readEnvelope(line, known)).toMatchObject({ text: '好' });
  });

  it.each([
    ['no sender', { ...messageEnvelope(), event: { message: {} } }],
    ['a foreign message id', messageEnvelope({ message_id: 'om_../x' })],
    ['a chat id of a person', messageEnvelope({ chat_id: 'ou_x' })],
    ['content that is not JSON', messageEnvelope({ content: '张三' })],
    ['content without text', messageEnvelope({ content: '{}' })],
    ['a post without lines', post({})],
  ])('cannot read a message with %s', (_what, line) => {
    const problem = problemOf(() => readEnvelope(line, known));
    expect(problem.facts).toEqual({ eventId: 'ev-1', eventType: 'im.message.receive_v1' });
    expect(problem.message).not.toContain('张三');
  });
});

describe('clicks', () => {
  it('reads a click', () => {
    expect(readEnvelope(clickEnvelope(), known)).toEqual({
      kind: 'action',
      eventId: 'ev-1',
      messageId: 'om_1',
      chatId: 'oc_group',
      openId: 'ou_ada',
      value: { v: 1, action: 'agent.apply' },
      form: {},
    });
  });

  it('reads what was chosen in a select that stands in no form', () => {
    const option = (chosen: unknown) => {
      const read = readEnvelope(clickEnvelope({ action: { value: {}, option: chosen } }), known);
      return read?.kind === 'action' ? read.option : 'no click';
    };
    expect(option('town')).toBe('town');
    for (const nothing of [undefined, null, '']) expect(option(nothing)).toBeUndefined();
  });

  it('makes empty and missing fields alike, and leaves the rest as it came', () => {
    const form = {
      name: '张三',
      phone: ' 138 0000 0000 ',
      empty: '',
      blank: '  ',
      nothing: null,
      day: '2024-04-01 +0800',
      materials: ['身份证', ''],
      none: [],
      noneFilled: [''],
      agreed: true,
      onSite: false,
      count: 3,
    };
    const read = readEnvelope(clickEnvelope({ action: { value: {}, form_value: form } }), known);
    expect(read).toMatchObject({ kind: 'action' });
    expect(read?.kind === 'action' && read.form).toEqual({
      name: '张三',
      phone: ' 138 0000 0000 ',
      day: '2024-04-01 +0800',
      materials: ['身份证'],
      agreed: true,
      onSite: false,
      count: '3',
    });
  });

  it.each([undefined, null, 'text', 7, { any: ['thing'] }])('hands the value %j on undecoded', (value) => {
    expect(readEnvelope(clickEnvelope({ action: { value } }), known)).toMatchObject({ value });
  });

  it.each([
    ['operator without open_id', { operator: { user_id: 'u1' } }],
    ['no operator', { operator: undefined }],
    ['no message', { context: { open_chat_id: 'oc_group' } }],
    ['nested form fields', { action: { value: {}, form_value: { a: { b: 1 } } } }],
  ])('cannot read a click with %s', (_what, event) => {
    expect(problemOf(() => readEnvelope(clickEnvelope(event), known)).facts.eventType).toBe('card.action.trigger');
  });
});

describe('chats', () => {
  it('reads being added to a chat, with and without a person who did it', () => {
    const added = { chat_id: 'oc_g', name: '便民服务中心', operator_id: { open_id: 'ou_ada' } };
    expect(readEnvelope(envelope('im.chat.member.bot.added_v1', added), known)).toEqual({
      kind: 'botAdded',
      eventId: 'ev-1',
      chatId: 'oc_g',
      chatName: '便民服务中心',
      openId: 'ou_ada',
    });
    expect(readEnvelope(envelope('im.chat.member.bot.added_v1', { chat_id: 'oc_g' }), known)).toMatchObject({
      chatName: '',
      openId: undefined,
    });
  });

  it('reads being removed, and a private chat being opened', () => {
    expect(readEnvelope(envelope('im.chat.member.bot.deleted_v1', { chat_id: 'oc_g' }), known)).toEqual({
      kind: 'botRemoved',
      eventId: 'ev-1',
      chatId: 'oc_g',
    });
    const entered = { chat_id: 'oc_p', operator_id: { open_id: 'ou_ada' } };
    expect(readEnvelope(envelope('im.chat.access_event.bot_p2p_chat_entered_v1', entered), known)).toEqual({
      kind: 'chatEntered',
      eventId: 'ev-1',
      chatId: 'oc_p',
      openId: 'ou_ada',
    });
  });

  it('reads the end of a chat like the bot’s removal from it', () => {
    const ended = { chat_id: 'oc_g', operator_id: { open_id: 'ou_ada' }, external: false, name: '便民服务中心' };
    expect(readEnvelope(envelope('im.chat.disbanded_v1', ended), known)).toEqual({
      kind: 'botRemoved',
      eventId: 'ev-1',
      chatId: 'oc_g',
    });
  });

  it('reads a chat’s new name, and passes over its other changes', () => {
    const updated = (after: unknown) =>
      readEnvelope(envelope('im.chat.updated_v1', { chat_id: 'oc_g', after_change: after }), known);
    expect(updated({ name: '代办群', at_all_permission: 'all_members' })).toEqual({
      kind: 'chatRenamed',
      eventId: 'ev-1',
      chatId: 'oc_g',
      chatName: '代办群',
    });
    for (const other of [{ avatar: 'x' }, { name: '' }, { name: null }, {}, null, undefined]) {
      expect(updated(other)).toBeUndefined();
    }
  });

  it('reads that somebody left, by the open_id alone', () => {
    const left = { object: { open_id: 'ou_ada', union_id: 'on_ada' }, old_object: { department_ids: ['od_1'] } };
    expect(readEnvelope(envelope('contact.user.deleted_v3', left), known)).toEqual({
      kind: 'personLeft',
      eventId: 'ev-1',
      openId: 'ou_ada',
    });
  });

  it('ignores other events', () => {
    expect(readEnvelope(envelope('im.message.recalled_v1', { anything: 1 }), known)).toBeUndefined();
  });

  it.each([null, 7, 'x', [], {}, { header: { event_id: '' } }])('cannot read the envelope %j', (value) => {
    expect(problemOf(() => readEnvelope(value, known)).facts).toEqual({});
  });
});

function problemOf(read: () => unknown): Unreadable {
  try {
    read();
  } catch (error) {
    if (error instanceof Unreadable) return error;
    throw error;
  }
  throw new Error('it was readable');
}
