/** What the flags of `connect` ask for, and what the app that is made for them leaves in `.env`. */
import { describe, expect, it } from 'vitest';
import { readWish, settingsOf } from '../../src/cli/connect.ts';

const APP_ID = 'cli_0123456789abcdef';

describe('the flags of connect', () => {
  const plain = {
    domain: 'feishu',
    accounts: 'accounts.feishu.cn',
    appId: undefined,
    byHand: false,
    isNew: false,
    start: true,
  };
  const ours = { domain: 'https://open.example.cn', accounts: 'accounts.example.cn' };
  const local = 'http://127.0.0.1:8080';

  it.each([
    ['no flag', {}, plain],
    ['--lark', { lark: true }, { ...plain, domain: 'lark', accounts: 'accounts.larksuite.com' }],
    ['--domain lark', { domain: 'lark' }, { ...plain, domain: 'lark', accounts: 'accounts.larksuite.com' }],
    ['a private domain', { domain: ours.domain }, { ...plain, ...ours }],
    [
      'one that is not named open.',
      { domain: 'https://im.example.cn' },
      { ...plain, domain: 'https://im.example.cn', accounts: 'im.example.cn' },
    ],
    [
      '--accounts beside it',
      { domain: ours.domain, accounts: 'login.example.cn' },
      { ...plain, domain: ours.domain, accounts: 'login.example.cn' },
    ],
    ['a look-alike on this machine', { domain: local }, { ...plain, domain: local, accounts: local }],
    ['an app that is there', { app: APP_ID, 'no-start': true }, { ...plain, appId: APP_ID, start: false }],
    [
      'an app of Lark’s that is there',
      { app: APP_ID, lark: true },
      { ...plain, domain: 'lark', accounts: 'accounts.larksuite.com', appId: APP_ID },
    ],
    ['one by hand', { 'by-hand': true }, { ...plain, byHand: true }],
    ['a new one', { new: true }, { ...plain, isNew: true }],
  ])('%s', (_name, flags, wish) => {
    expect(readWish(flags)).toEqual(wish);
  });
});

describe('what is written into .env', () => {
  const app = { appId: APP_ID, appSecret: 'secret', openId: undefined, isLark: false };
  const written = { LARK_APP_ID: APP_ID, LARK_APP_SECRET: 'secret' };

  it.each([
    ['feishu', false, 'feishu'],
    ['feishu', true, 'lark'],
    ['lark', true, 'lark'],
    ['https://open.example.cn', true, 'https://open.example.cn'],
  ])('of an app asked for at %s, of a tenant of Lark’s: %s, the domain %s', (domain, isLark, said) => {
    const settings = settingsOf(
      { ...app, isLark },
      { wish: { domain }, config: { adminOpenIds: [] }, dataKey: undefined },
    );
    expect(settings).toEqual({ ...written, LARK_DOMAIN: said });
  });

  it.each([
    [[], 'ou_1', 'ou_1'],
    [['ou_2'], 'ou_1', 'ou_2,ou_1'],
    [['ou_1'], 'ou_1', 'ou_1'],
    [['ou_2'], undefined, 'ou_2'],
  ])('beside the administrators %o whoever scanned, %s', (adminOpenIds, openId, said) => {
    const settings = settingsOf(
      { ...app, openId },
      { wish: { domain: 'feishu' }, config: { adminOpenIds }, dataKey: 'a key' },
    );
    expect(settings).toEqual({ ...written, LARK_DOMAIN: 'feishu', DATA_KEY: 'a key', ADMIN_OPEN_IDS: said });
  });
});
