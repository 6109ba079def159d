import { expect, it } from 'vitest';
import * as setup from '../../src/lark/console-setup.ts';
import { eventTypes } from '../../src/lark/inbound.ts';
import { read } from './documents.ts';

const readmes = ['README.md', 'README.en.md'] as const;
const asked = [...setup.scopes, ...setup.optionalScopes].map(({ name }) => name);
const subscribed = [...setup.events, ...setup.optionalEvents, ...setup.callbacks];

it.each(readmes)('%s names every permission, event and callback to be set up, and no other', (path) => {
  const named = [...read(path).matchAll(/`((?:im|contact|card|application)[.:][\w.:]+)`/g)].map(
    ([, name = '']) => name,
  );
  expect(named.toSorted()).toEqual([...asked, ...subscribed].toSorted());
});

it('every event that is read has to be subscribed to', () => {
  expect(subscribed).toEqual(expect.arrayContaining(Object.values(eventTypes)));
});

it.each(['机器人', '可用范围', '事件配置', '回调配置', '长连接', '创建版本', '10000 次'])(
  'README and doctor name %s',
  (word) => {
    for (const path of readmes) expect(read(path)).toContain(word);
    expect(setup.consoleSetup('使用长连接接收').join('\n')).toContain(word);
  },
);
