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
      files: [],
    });
  });

  it.each([
    ['@_user_1 /登记 低保 张三', '/登记 低保 张三'],
    ['/登记 @_user_1', '/登记'],
    ['@_user_1　／待办', '／待办'],
    ['@_user_1 请 @_user_2 看', '请 @阿达 看'],
    ['@_all @_user_1 通知', '通知'],
    ['@_user_2 @_user_1 /待办', '/待办'],
    ['@_user_1 @_user_1 /待办', '/待办'],
    ['@_user_1 @_user_2 @_all\n/待办', '/待办'],
    ['@_user_2 /待办 @_user_1', '/待办'],
    ['/查 张三 @_user_1 @_user_2', '/查 张三  @阿达'],
    ['@_user_2，@_user_1：/待办', '/待办'],
    ['@_user_1、 待办', '待办'],
    ['，待办 @_user_1', '，待办'],
    ['@_user_1 @_user_9 @_user_2 好', '@_user_9 @阿达 好'],
    ['请 @_user_1 转告 @_all', '请  转告 @所有人'],
    ['@_user_1 第一行\n第二行', '第一行\n第二行'],
    ['@_user_1', ''],
    ['@_user_1 @_user_9', '@_user_9'],
  ])('%j becomes %j', (words, expected) => {
    expect(readEnvelope(text(words, [bot, ada]), known)).toMatchObject({ text: expected, mentionsBot: true });
  });

  it('does not take @_user_1 for the start of @_user_10', () => {
    const tenth = { key: '@_user_10', id: { open_id: 'ou_ten' }, name: '十号' };
    expect(readEnvelope(text('@_user_1 找 @_user_10', [bot, tenth]), known)).toMatchObject({ text: '找 @十号' });
  });

  it('does not read a name as another mention', () => {
    const sly = { ...ada, name: '@_user_1 @_all' };
    expect(readEnvelope(text('@_user_1 找 @_user_2', [bot, sly]), known)).toMatchObject({ text: '找 @@_user_1 @_all' });
  });

  it('removes every mention of the bot, by whichever key', () => {
    const again = { ...bot, key: '@_user_3' };
    const line = text('@_user_1 @_user_3 /待办 @_user_3', [bot, again]);
    expect(readEnvelope(line, known)).toMatchObject({ text: '/待办', mentionsBot: true });
  });

  it('knows when the bot is not meant', () => {
    expect(readEnvelope(text('看 @_user_2', [ada]), known)).toMatchObject({ mentionsBot: false, text: '看 @阿达' });
    expect(readEnvelope(text('大家好', []), known)).toMatchObject({ mentionsBot: false });
    expect(readEnvelope(text('@_all 大家好', []), known)).toMatchObject({ mentionsBot: false });
  });

  it('knows itself by its usual name while its id is unknown, wherever it stands, and nobody else', () => {
    const li = { key: '@_user_1', id: { open_id: 'ou_li' }, name: '李强' };
    const named = { ...bot, key: '@_user_2' };
    const meant = [
      text('@_user_1 /我'),
      text('/我 @_user_1'),
      text('@_user_1 @_user_2 /我', [li, named]),
      post(
        {
          content: [
            [
              { tag: 'at', user_id: BOT, user_name: '代办' },
              { tag: 'text', text: ' /我' },
            ],
          ],
        },
        [],
      ),
    ];
    for (const line of meant) expect(readEnvelope(line, unknown)).toMatchObject({ mentionsBot: true, text: '/我' });
    for (const words of ['@_user_1 下午开会别忘了', '@_user_1 待办的件你看一下', '@_all 大家好']) {
      expect(readEnvelope(text(words, [li]), unknown)).toMatchObject({ mentionsBot: false });
    }
  });

  it('always counts as meant in a private chat', () => {
    const line = text('待办', [], { chat_type: 'p2p', mentions: undefined });
    expect(readEnvelope(line, known)).toMatchObject({ chatType: 'p2p', mentionsBot: true, text: '待办' });
  });

  it.each([
    ['the message it replies to', { parent_id: 'om_card', root_id: 'om_first' }, 'om_card'],
    ['the beginning of its thread, where that is all there is', { parent_id: '', root_id: 'om_first' }, 'om_first'],
    ['nothing, where there is no reply', { parent_id: null }, undefined],
    ['nothing, where the id is none', { parent_id: '../om_1', root_id: 7 }, undefined],
  ])('names %s', (_what, reply, repliedTo) => {
    expect({ repliedTo: undefined, ...readEnvelope(messageEnvelope(reply), known) }).toMatchObject({ repliedTo });
  });

  it('names what a picture replies to, and a message that cannot be read', () => {
    const picture = messageEnvelope({ message_type: 'image', content: '{"image_key":"i"}', parent_id: 'om_card' });
    expect(readEnvelope(picture, known)).toMatchObject({ wordless: 'picture', repliedTo: 'om_card' });
    const garbled = messageEnvelope({ content: 'no json', parent_id: 'om_card' });
    expect(problemOf(() => readEnvelope(garbled, known)).forPerson.message).toMatchObject({ repliedTo: 'om_card' });
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
    const expected = { text: '情况\n /登记 低保\n@所有人第二行', mentionsBot: true };
    expect(readEnvelope(post(body), known)).toMatchObject(expected);
    expect(readEnvelope(post({ zh_cn: body }), known)).toMatchObject(expected);
    expect(readEnvelope(post({ en_us: { ...body, title: null } }), known)).toMatchObject({ mentionsBot: true });
  });

  it.each([
    ['the key of the mention', '@_user_1', [bot, ada]],
    ['the open_id of the mention', BOT, [bot, ada]],
    ['the open_id alone', BOT, []],
  ])('reads a post that mentions the bot by %s', (_what, user_id, mentions) => {
    const at = { tag: 'at', user_id, user_name: '代办' };
    const line = [at, { tag: 'text', text: ' /待办 ' }, { tag: 'at', user_id: 'ou_ada', user_name: '阿达' }, at];
    expect(readEnvelope(post({ content: [line] }, mentions), known)).toMatchObject({
      text: '/待办 @阿达',
      mentionsBot: true,
    });
  });

  it('drops a colleague whom a post mentions first by open_id', () => {
    const line = [
      { tag: 'at', user_id: 'ou_ada', user_name: '阿达' },
      { tag: 'text', text: ' ' },
      { tag: 'at', user_id: BOT },
      { tag: 'text', text: ' /待办' },
    ];
    expect(readEnvelope(post({ content: [line] }, []), known)).toMatchObject({ text: '/待办', mentionsBot: true });
  });

  it.each([null, undefined, 7, {}, ['x']])('reads the rest of a post with a piece whose text is %j', (odd) => {
    const content = [
      [
        { tag: 'text', text: odd },
        { tag: 'text', text: '/待办' },
      ],
      [odd],
      odd,
    ];
    expect(readEnvelope(post({ content }), known)).toMatchObject({ text: '/待办' });
  });

  it('reads a post that has only its newer form', () => {
    const content = [[{ tag: 'text', text: '/待办' }]];
    expect(readEnvelope(post({ title: '', content_v2: content }), known)).toMatchObject({ text: '/待办' });
    expect(readEnvelope(post({ zh_cn: { content_v2: content } }), known)).toMatchObject({ text: '/待办' });
  });

  it.each([
    ['image', 'picture'],
    ['audio', 'voice'],
    ['media', 'video'],
    ['file', 'file'],
    ['folder', 'file'],
    ['sticker', 'sticker'],
    ['merge_forward', 'forwarded'],
    ['share_chat', 'forwarded'],
    ['share_user', 'forwarded'],
    ['interactive', 'forwarded'],
    ['something_new', 'other'],
    ['constructor', 'other'],
  ])('has no words for %s: it is %s', (type, wordless) => {
    const line = messageEnvelope({ message_type: type, content: 'not even JSON' });
    expect(readEnvelope(line, known)).toMatchObject({ text: '', wordless });
  });

  it('calls a post a picture when it has one and no words', () => {
    const at = { tag: 'at', user_id: '@_user_1' };
    const image = { tag: 'img', image_key: 'img_1' };
    const sent = (...pieces: unknown[]) => readEnvelope(post({ content: [pieces] }), known);
    expect(sent(at, image)).toMatchObject({ text: '', wordless: 'picture', mentionsBot: true });
    expect(sent(at, image, { tag: 'text', text: '/待办' })).not.toHaveProperty('wordless', 'picture');
    expect(sent(at)).not.toHaveProperty('wordless', 'picture');
  });

  it('names the picture or file that a message is, by a key that fits into a path', () => {
    const sent = (type: string, content: unknown) =>
      readEnvelope(messageEnvelope({ message_type: type, content: JSON.stringify(content) }), known);
    expect(sent('image', { image_key: 'img_v3_0a-b' })).toMatchObject({
      files: [{ kind: 'image', key: 'img_v3_0a-b' }],
      wordless: 'picture',
    });
    expect(sent('file', { file_key: 'file_v3_1', file_name: '户口本.pdf' })).toMatchObject({
      files: [{ kind: 'file', key: 'file_v3_1', name: '户口本.pdf' }],
      wordless: 'file',
    });
    for (const key of ['../secret', 'a/b', 'a?b', '', 7, 'k'.repeat(201)]) {
      expect(sent('image', { image_key: key })).toMatchObject({ files: [], wordless: 'picture' });
      expect(sent('file', { file_key: key })).toMatchObject({ files: [], wordless: 'file' });
    }
    expect(sent('file', { file_key: 'file_1', file_name: 7 })).toMatchObject({
      files: [{ kind: 'file', key: 'file_1' }],
    });
  });

  it('names the pictures of a post in their order, beside its words', () => {
    const image = (key: unknown) => ({ tag: 'img', image_key: key });
    const content = [
      [{ tag: 'text', text: '材料' }, image('img_2')],
      [image('img_1'), image('../x'), image(null)],
    ];
    const files = ['img_2', 'img_1'].map((key) => ({ kind: 'image', key }));
    expect(readEnvelope(post({ content }), known)).toMatchObject({ text: '材料', files });
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
    ['a post whose lines are no list', post({ content: '/待办' })],
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
      name: 'apply',
      form: {},
    });
  });

  it('reads a click without a value, by its name or without either', () => {
    const named = clickEnvelope({ action: { tag: 'button', name: 'case.accept_7_1' } });
    expect(readEnvelope(named, known)).toMatchObject({ value: undefined, name: 'case.accept_7_1' });
    expect(
      readEnvelope(clickEnvelope({ action: { tag: 'date_picker', option: '2026-11-02 +0800' } }), known),
    ).toMatchObject({
      value: undefined,
      option: '2026-11-02 +0800',
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
      person: { id: 'ou_ada' },
      mixed: ['a', 1, null, { b: 2 }],
    };
    const read = readEnvelope(clickEnvelope({ action: { value: {}, form_value: form } }), known);
    expect(read).toMatchObject({ kind: 'action' });
    expect(read?.kind === 'action' && read.form).toEqual({
      person: '{"id":"ou_ada"}',
      mixed: ['a', '1', '{"b":2}'],
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
    ['operator with an empty open_id', { operator: { open_id: '' } }],
    ['no operator', { operator: undefined }],
    ['no message', { context: { open_chat_id: 'oc_group' } }],
    ['no chat', { context: { open_message_id: 'om_1' } }],
    ['a form that is a text', { action: { value: {}, form_value: 'a=1' } }],
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

  it.each([null, {}, { open_id: '' }, { user_id: 'u1' }, 'ou_ada'])('reads being added by %j', (operator_id) => {
    const added = { chat_id: 'oc_g', name: null, operator_id };
    expect(readEnvelope(envelope('im.chat.member.bot.added_v1', added), known)).toMatchObject({ openId: undefined });
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
