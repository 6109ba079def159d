import { AxiosError, AxiosHeaders } from 'axios';
import { describe, expect, it } from 'vitest';
import { CHAT_LOST, errorInAnswer, failureOf, NeverSent, toLarkError, Unconfirmed } from '../../src/lark/errors.ts';
import { LarkError } from '../../src/lark/port.ts';

function httpError(status: number, data: unknown, headers: Record<string, string> = {}): AxiosError {
  const config = { headers: new AxiosHeaders() };
  return new AxiosError('failed', 'ERR_BAD_REQUEST', config, {}, { status, statusText: '', data, headers, config });
}

describe('codes of the platform', () => {
  it.each([
    // Too many calls: of the app, a chat, a person, a message, or of whatever kind the platform does not say.
    ['later', [99991400, 230020, 11232, 232019, 2200, 11233, 11247]],
    // The platform's own trouble.
    ['later', [1500, 5000, 1000004, 1000005, 232096, 234042]],
    // Still under way.
    ['later', [230049, 18121]],
    // The token.
    ['later', [99991661, 99991663, 99991664, 99991665, 99991668, 99991671, 99991677]],
    // What an operator can mend within the day.
    ['later', [99991662, 99991672, 99991673, 99991676, 99991401, 10005, 10012, 10013, 10014, 10015, 11205, 11207]],
    ['later', [230006, 232025, 234002, 234007, 90003087, 90003088]],
    ['quota', [99991403]],
    ['expired', [230031, 230011, 231003, 230110, 230111, 99992354]],
    ['unanswerable', [230050, 230019, 230071, 230072, 230054]],
    ['gone', [230002, 10030, 232009, 232011, 230013, 230029, 230034, 230035, 230036, 230038, 230053]],
    ['gone', [230018, 230027, 230075, 232006, 232010, 99992351, 99992356, 99992361]],
    ['screened', [230022, 230028]],
    ['broken', [230001, 230017, 230025, 230055, 230099, 232001, 234001, 234006, 234010, 234011, 99992402, 123456]],
  ] as const)('%s: %j', (failure, codes) => {
    for (const code of codes) expect([code, failureOf(code, { status: 400 })]).toEqual([code, failure]);
  });

  it('a chat that is lost is one of the receivers that are gone', () => {
    for (const code of CHAT_LOST) expect([code, failureOf(code, { status: 400 })]).toEqual([code, 'gone']);
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
    expect(failureOf(undefined, { status })).toBe(failure);
    expect(failureOf(123456, { status })).toBe(failure);
  });

  it.each([
    ['ErrCode: 11310; ErrMsg: card action is lock; ErrorValue: ', 'later'],
    ['ErrCode: 11310; ErrMsg: Card Action Is Lock', 'later'],
    ['ErrCode: 11233; ErrMsg: frequency', 'later'],
    ['ErrCode:2200; ErrMsg: internal error', 'later'],
    ['ErrCode: 11310; ErrMsg: card table number over limit; ErrorValue: table; ', 'broken'],
    ['ErrCode: 11310; ErrMsg: element exceeds the limit', 'broken'],
    ['ErrCode: 11310; ErrMsg: template is not visible', 'broken'],
    ['ErrCode: 200621; ErrMsg: parse card json err', 'broken'],
    ['', 'broken'],
  ] as const)('a refused card, %j, is %s', (reason, failure) => {
    const msg = `Failed to create card content, ext=${reason}`;
    expect(errorInAnswer({ code: 230099, msg })).toMatchObject({ failure });
    expect(toLarkError(httpError(400, { code: 230099, msg }))).toMatchObject({ failure });
  });

  it('a reason is looked for in refused cards only', () => {
    expect(toLarkError(httpError(400, { code: 230001, msg: 'ErrCode: 2200' }))).toMatchObject({ failure: 'broken' });
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
    expect(timedOut).toBeInstanceOf(Unconfirmed);
    expect(toLarkError(httpError(504, '<html>504</html>'))).toBeInstanceOf(Unconfirmed);
    for (const code of ['ECONNREFUSED', 'ETIMEDOUT', 'CERT_HAS_EXPIRED']) {
      expect(toLarkError(new AxiosError('refused', code))).toBeInstanceOf(NeverSent);
    }
    expect(toLarkError(new AxiosError('dns', 'ENOTFOUND'))).toMatchObject({ failure: 'later' });
  });

  it('our own mistakes are broken and do not quote what they were about', () => {
    const error = toLarkError(new TypeError('张三'));
    expect(error.failure).toBe('broken');
    expect(error.message).not.toContain('张三');
    expect(toLarkError(new AxiosError('bad', 'ERR_INVALID_URL')).failure).toBe('broken');
  });

  it('what a refused card says of itself is not repeated', () => {
    const msg = 'Failed to create card content, ext=ErrCode: 11310; ErrMsg: over limit; ErrorValue: 张三\n13800000000;';
    const message = '230099 Failed to create card content, ext=ErrCode: 11310; ErrMsg: over limit;';
    expect(errorInAnswer({ code: 230099, msg })?.message).toBe(message);
    expect(toLarkError(httpError(400, { code: 230099, msg })).message).toBe(message);
  });

  it('a LarkError stays what it is', () => {
    const error = new LarkError('gone', 'x');
    expect(toLarkError(error)).toBe(error);
  });
});
