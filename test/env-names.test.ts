import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { missedLines } from '../src/env-names.ts';

const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
const known = Object.keys(parseEnv(example));
const missed = (text: string) => missedLines(text, known);

describe('a line of .env that counts for nothing', () => {
  it.each([
    ['LOG_LEVL=debug', 'LOG_LEVL', 'LOG_LEVEL'],
    ['METRICS_TOKN=x', 'METRICS_TOKN', 'METRICS_TOKEN'],
    ['lark_app_id=cli_1', 'lark_app_id', 'LARK_APP_ID'],
    ['port=3001', 'port', 'PORT'],
    ['DATAKEY=x', 'DATAKEY', 'DATA_KEY'],
    ['_PORT=3111', '_PORT', 'PORT'],
    ['export DATABSE_URL=file:x', 'DATABSE_URL', 'DATABASE_URL'],
  ])('is named with what may be meant: %s', (line, name, meant) => {
    expect(missed(`HOST=0.0.0.0\n${line}\n`)).toEqual([
      `${name}: .env 里的这个名称不认识，是不是 ${meant}？不用的请在行首加 #`,
    ]);
  });

  it.each(['PORT＝3111', 'PORT：3111', 'export PORT = 1\n PORT ＝ 3111', 'port: 3111'])(
    'is named for the sign that is none: %j',
    (text) => {
      expect(missed(text)).toEqual([expect.stringMatching(/^port: \.env 里它后面是“[＝：:]”，要用半角的“=”$/i)]);
    },
  );

  it('is none that is ours, a comment, or somebody else’s', () => {
    const others = [
      'POSTGRES_PASSWORD=x',
      'NODE_OPTIONS=--x',
      'HTTPS_PROXY=http://x',
      'TZ=UTC',
      'PATH=/bin',
      'POSTS=1',
    ];
    expect(missed([example, '# PORT＝1', '#LOG_LEVL=x', ...others].join('\n'))).toEqual([]);
  });

  it('is not looked for in a value', () => {
    expect(missed('LARK_APP_SECRET=PORT＝1\nDATABASE_URL="file:a=b"')).toEqual([]);
  });
});
