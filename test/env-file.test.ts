import { parseEnv } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { UnreadableEnvFile, withSettings } from '../src/env-file.ts';

it('Node reads back what was set, whatever stood there', () => {
  const line = fc.oneof(
    fc.constantFrom(
      '',
      '# a remark',
      'PORT=8080',
      'KEY=old',
      'export KEY=old',
      '  KEY = old',
      'KEY="old one"',
      '#KEY=old',
    ),
    fc.stringMatching(/^[A-Z]{1,8}=\w{0,20}$/),
  );
  const value = fc.stringMatching(/^[\w+/]{1,43}=?$/);
  fc.assert(
    fc.property(fc.array(line), value, fc.constantFrom('\n', '\r\n'), (lines, key, end) => {
      const before = lines.join(end);
      const after = withSettings(before, { KEY: key });
      expect(parseEnv(after)['KEY']).toBe(key);
      const others = Object.entries(parseEnv(`${before}\n`)).filter(([name]) => name !== 'KEY');
      expect(parseEnv(after)).toMatchObject(Object.fromEntries(others));
    }),
  );
});

it('refuses what would not be read back', () => {
  for (const value of ['a b', 'a#b', '"', 'a\nPORT=1']) expect(() => withSettings('', { KEY: value })).toThrow('KEY');
});

it('says so when another line swallows what was set', () => {
  expect(() => withSettings('NOTE="two\nKEY=old\nlines"\n', { KEY: 'a' })).toThrow(UnreadableEnvFile);
});
