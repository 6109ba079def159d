/**
 * `npm run example:bulletin`: adds up the 39 lines of the banner's published table of the first half of 2022 and names those whose printed
 * sum is another. The rules are those of /信息.
 */
import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { rankScores, recompute } from '../../src/domain/information.ts';

const lineSchema = z.object({
  group: z.enum(['departments', 'towns']),
  unit: z.string(),
  submitted: z.number(),
  comprehensive: z.number(),
  brief: z.number(),
  otherAdopted: z.number(),
  adjustments: z.array(z.object({ kind: z.string(), points: z.number() })),
  publishedScore: z.number(),
  publishedRank: z.number(),
});
type Line = z.infer<typeof lineSchema>;

const groupWords = { departments: '旗直部门', towns: '苏木乡镇' } as const;

/** The published table as data. */
export async function readPublished(): Promise<readonly Line[]> {
  const path = new URL('../../docs/examples/information-scores-2022H1.json', import.meta.url);
  return z.object({ rows: z.array(lineSchema) }).parse(JSON.parse(await readFile(path, 'utf8'))).rows;
}

/** One line of text for each row of the table, then how many agree. */
export function compare(lines: readonly Line[]): string[] {
  const texts = (['departments', 'towns'] as const).flatMap((group) => {
    const scored = lines.filter((line) => line.group === group).map((line) => ({ ...line, ...recompute(line) }));
    return [`${groupWords[group]}`, ...rankScores(scored).map(lineText)];
  });
  const differing = lines.filter((line) => recompute(line).difference !== 0);
  const names = differing.map((line) => `${line.unit}（${signed(recompute(line).difference)}）`);
  return [
    ...texts,
    '',
    `共${lines.length}行，${lines.length - differing.length}行与公布一致，${differing.length}行公布的分数与各项之和不符：${names.join('、')}`,
  ];
}

function lineText(line: Line & { score: number; difference: number; place: number }): string {
  const { unit, place, submitted, score, publishedScore, publishedRank, difference } = line;
  const verdict = difference === 0 ? '一致' : `不符，公布比各项之和${signed(difference)}`;
  return `${place}. ${unit}：报送${submitted}篇，计算${score}分；公布${publishedScore}分（第${publishedRank}名），${verdict}`;
}

function signed(number: number): string {
  return number > 0 ? `+${number}` : String(number);
}

if (import.meta.filename === process.argv[1]) process.stdout.write(`${compare(await readPublished()).join('\n')}\n`);
