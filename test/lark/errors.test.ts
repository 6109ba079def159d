import { AxiosError, AxiosHeaders } from 'axios';
import { describe, expect, it } from 'vitest';
import { errorInAnswer, failureOf, NeverSent, toLarkError } from '../../src/lark/errors.ts';
import { LarkError } from '../../src/lark/port.ts';

function httpError(status: number, data: unknown, headers: Record<string, string> = {}): AxiosError {
  const config = { headers: new AxiosHeaders() };
  return new AxiosError('failed', 'ERR_BAD_REQUEST', config, {}, { status, statusText: '', data, headers, config });
}

describe('codes of the platform', () => {
  it.each([
    ['later', [99991400, 230020, 11232, 230049, 99991663, 99991677, 99991661, 10014, 99991672]],
    ['expired', [230031, 230011, 231003, 230110, 230111, 99992354]],
    ['gone', [230002, 230013, 230029, 230053, 232009, 99992351, 99992356, 99992361]],
    ['broken', [230001, 230025, 230099, 99992402, 123456]],
  ] as const)('%s: %j', (failure, codes) => {
    for (const code of codes) expect([code, failureOf(code, 400)]).toEqual([code, failure]);
  });

  it.each([
    [undefined, 'later'],
    [429, 'later'],
    [500, 'later'],
    [502, 'later'],
    [400, 'broken'],
    [404, 'broken'],
    [200, 'broken'],
  ] as const)('without a known code, HTTP %s is %s', (status, failure) => {
    expect(failureOf(undefined, status)).toBe(failure);
    expect(failureOf(123456, status)).toBe(failure);
  });
});

describe('both shapes of an error', () => {
  it('HTTP 400 with a code', () => {
    const error = toLarkError(httpError(400, { code: 230002, msg: 'Bot is NOT in the chat' }));
    expect(error).toMatchObject({ failure: 'gone', code: 230002, message: '230002 Bot is NOT in the chat' });
  });

  it('HTTP 200 with a code, and success', () => {
    expect(errorInAnswer({ code: 230099, msg: 'Failed to create card content' })).toMatchObject({ failure: 'broken' });
    expect(errorInAnswer({ code: 0, data: {} })).toBeUndefined();
    expect(errorInAnswer('<html>')).toMatchObject({ failure: 'later' });
  });

  it('a gateway’s HTML page', () => {
    expect(toLarkError(httpError(502, '<html>502</html>'))).toMatchObject({ failure: 'later', message: 'HTTP 502' });
  });

  it.each([
    [{ 'x-ogw-ratelimit-reset': '7' }, 7_000],
    [{ 'retry-after': '3' }, 3_000],
    [{ 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }, 1_000],
    [{}, 1_000],
  ])('HTTP 429 with %j waits %i ms', (headers, retryAfterMs) => {
    expect(toLarkError(httpError(429, {}, headers))).toMatchObject({ failure: 'later', retryAfterMs });
  });

  it('no answer may have arrived, no connection cannot have', () => {
    const timedOut = toLarkError(new AxiosError('timeout', 'ECONNABORTED'));
    expect(timedOut).toMatchObject({ failure: 'later', code: undefined });
    expect(timedOut).not.toBeInstanceOf(NeverSent);
    expect(toLarkError(new AxiosError('refused', 'ECONNREFUSED'))).toBeInstanceOf(NeverSent);
    expect(toLarkError(new AxiosError('dns', 'ENOTFOUND'))).toMatchObject({ failure: 'later' });
  });

  it('our own mistakes are broken and do not quote what they were about', () => {
    const error = toLarkError(new TypeError('张三'));
    expect(error.failure).toBe('broken');
    expect(error.message).not.toContain('张三');
    expect(toLarkError(new AxiosError('bad', 'ERR_INVALID_URL')).failure).toBe('broken');
  });

  it('a LarkError stays what it is', () => {
    const error = new LarkError('gone', 'x');
    expect(toLarkError(error)).toBe(error);
  });
});
