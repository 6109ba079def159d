/** Which hosts are asked while an app is made, and what their answers come to; nothing leaves the machine. */
import { defaultHttpInstance } from '@larksuiteoapi/node-sdk';
import type { AxiosAdapter, InternalAxiosRequestConfig } from 'axios';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { registerBot } from '../../src/lark/register-app.ts';

const APP = { client_id: 'cli_0123456789abcdef', client_secret: 'secret' };
const CODE = {
  device_code: 'd',
  verification_uri_complete: 'https://open.example.cn/page?user_code=A',
  interval: 0.001,
};

describe('making an app', () => {
  const { defaults } = defaultHttpInstance as unknown as { defaults: { adapter: unknown } };
  const usual = defaults.adapter;
  let asked: string[];
  /** The answers to a poll, one after the other. */
  let answers: object[];

  beforeEach(() => {
    asked = [];
    const adapter: AxiosAdapter = async (config: InternalAxiosRequestConfig) => {
      const { origin } = new URL(config.url ?? '');
      const [, action = ''] = /action=(\w+)/.exec(String(config.data)) ?? [];
      asked.push(`${action} ${origin}`);
      const data = action === 'begin' ? CODE : answers.shift();
      return { config, data, status: 200, statusText: '', headers: {} };
    };
    defaults.adapter = adapter;
  });

  afterEach(() => {
    defaults.adapter = usual;
  });

  const pending = { error: 'authorization_pending' };
  const ofBrand = (tenant_brand: string) => ({ ...APP, user_info: { open_id: 'ou_1', tenant_brand } });
  /** What Feishu's host says of a tenant that is Lark's: no app, whose it is. */
  const elsewhere = { user_info: { tenant_brand: 'lark' } };
  const [feishu, lark] = ['https://accounts.feishu.cn', 'https://accounts.larksuite.com'];
  const [theirs, local] = ['https://accounts.example.cn', 'http://127.0.0.1:8080'];

  it.each([
    ['Feishu', 'accounts.feishu.cn', [pending, ofBrand('feishu')], false, [feishu, feishu, feishu]],
    ['Feishu, by a tenant of Lark’s', 'accounts.feishu.cn', [elsewhere, ofBrand('lark')], true, [feishu, feishu, lark]],
    ['Lark', 'accounts.larksuite.com', [pending, elsewhere, ofBrand('lark')], true, [lark, lark, lark, lark]],
    ['a private host', 'accounts.example.cn', [ofBrand('feishu')], false, [theirs, theirs]],
    ['a private host of Lark’s', theirs, [elsewhere, ofBrand('lark')], true, [theirs, theirs, theirs]],
    ['a look-alike', local, [elsewhere, ofBrand('lark')], true, [local, local, local]],
  ])('at %s', async (_name, accounts, given, isLark, hosts) => {
    answers = [...given];
    const app = await registerBot({ accounts, onCode: () => {} });
    expect(app).toEqual({ appId: APP.client_id, appSecret: APP.client_secret, openId: 'ou_1', isLark });
    expect(asked.map((one) => one.replace(/^\w+ /, ''))).toEqual(hosts);
    expect(asked.map((one) => one.replace(/ .*/, ''))).toEqual(['begin', ...given.map(() => 'poll')]);
  });

  it.each([
    [{ appId: APP.client_id }, { clientID: APP.client_id, createOnly: null }],
    [{ createOnly: true }, { clientID: null, createOnly: 'true' }],
    [{}, { clientID: null, createOnly: null }],
  ])('opens the page for %o', async (wish, said) => {
    answers = [ofBrand('feishu')];
    let page = new URL('http://none');
    await registerBot({
      ...{ accounts: 'accounts.feishu.cn', ...wish },
      onCode: ({ url }) => {
        page = new URL(url);
      },
    });
    expect({ clientID: page.searchParams.get('clientID'), createOnly: page.searchParams.get('createOnly') }).toEqual(
      said,
    );
  });
});
