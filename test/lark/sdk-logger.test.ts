import { AxiosError, AxiosHeaders } from 'axios';
import { expect, it } from 'vitest';
import { createSdkLogger, redactText } from '../../src/lark/sdk-logger.ts';
import { memoryLog } from './support.ts';

it('never shows secrets, tokens or content, however they are wrapped', () => {
  const { log, text, lines } = memoryLog();
  const logger = createSdkLogger(log);
  const config = {
    headers: new AxiosHeaders({ Authorization: 'Bearer t-g1044abcdefgh' }),
    data: JSON.stringify({ app_id: 'cli_0', app_secret: 'hunter2-secret', content: '张三' }),
  };
  const error = new AxiosError(
    'Request failed',
    'ERR_BAD_REQUEST',
    config,
    {},
    {
      status: 400,
      statusText: '',
      data: { code: 10014, msg: 'app secret invalid hunter2-secret' },
      headers: {},
      config,
    },
  );
  logger.error([error]);
  logger.error([
    [
      { message: 'x', config, response: { data: '张三' } },
      { code: 230001, msg: '张三' },
    ],
  ]);
  logger.warn([JSON.stringify({ content: '张三' })]);
  logger.warn(['[ws]', 'url wss://example.org/ws?device_id=1&access_key=hunter2-secret&ticket=t0p']);
  logger.info([new Error('Authorization: Bearer t-g1044abcdefgh')]);
  logger.debug(['hunter2-secret']);
  logger.trace(['hunter2-secret']);
  expect(lines).toHaveLength(5);
  for (const secret of ['hunter2', 't-g1044', '张三', 't0p']) expect(text()).not.toContain(secret);
  expect(text()).toContain('10014');
  expect(text()).toContain('230001');
});

it('leaves harmless text alone', () => {
  expect(redactText('[ws] reconnect')).toBe('[ws] reconnect');
  expect(redactText('unable to connect to the server after trying 3 times')).toContain('after trying 3 times');
  expect(redactText('x'.repeat(1_000))).toHaveLength(300);
});
