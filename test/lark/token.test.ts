import { expect, it } from 'vitest';
import { createTokenSource } from '../../src/lark/token.ts';

function build(expiresInMs = 7_200_000) {
  const time = { now: 0 };
  let fetched = 0;
  const failures: Error[] = [];
  const tokens = createTokenSource({
    clock: { now: () => time.now },
    fetch: async () => {
      const failure = failures.shift();
      if (failure) throw failure;
      fetched += 1;
      return { token: `t-${fetched}`, expiresInMs };
    },
  });
  return { time, tokens, failures, fetched: () => fetched };
}

it('fetches once for callers that come together', async () => {
  const world = build();
  expect(await Promise.all([world.tokens.get(), world.tokens.get(), world.tokens.get()])).toEqual([
    't-1',
    't-1',
    't-1',
  ]);
  expect(world.fetched()).toBe(1);
});

it('renews three minutes before the end', async () => {
  const world = build();
  await world.tokens.get();
  world.time.now = 7_200_000 - 180_001;
  expect(await world.tokens.get()).toBe('t-1');
  world.time.now += 1;
  expect(await world.tokens.get()).toBe('t-2');
});

it('uses a token of short life at all', async () => {
  const world = build(60_000);
  await world.tokens.get();
  world.time.now = 53_999;
  expect(await world.tokens.get()).toBe('t-1');
  world.time.now = 54_000;
  expect(await world.tokens.get()).toBe('t-2');
});

it('drops a refused token, but not the one that has replaced it', async () => {
  const world = build();
  const refused = await world.tokens.get();
  world.tokens.drop(refused);
  expect(await world.tokens.get()).toBe('t-2');
  world.tokens.drop(refused);
  expect(await world.tokens.get()).toBe('t-2');
});

it('asks again after a failure', async () => {
  const world = build();
  world.failures.push(new Error('down'));
  await expect(world.tokens.get()).rejects.toThrow('down');
  expect(await world.tokens.get()).toBe('t-1');
});
