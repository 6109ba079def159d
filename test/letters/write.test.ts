import { describe, expect, it } from 'vitest';
import type { Letter } from '../../src/letters/document.ts';
import { heading, headingNumbers, paragraph } from '../../src/letters/document.ts';
import { writeLetter } from '../../src/letters/docx/write.ts';
import { linesOfLetter, partsOf, textOf } from '../support/letters.ts';
import { bare, full } from './support.ts';

const documentOf = async (letter: Letter) => partsOf(await writeLetter(letter)).get('word/document.xml') ?? '';

describe('a letter', () => {
  it('has the parts of an official document in their order, fonts and sizes', async () => {
    expect(linesOfLetter(await writeLetter(full))).toEqual([
      '方正小标宋简体31 鄂温克族自治旗人民政府办公室',
      '',
      '仿宋16 鄂政办通〔2026〕3号',
      '方正小标宋简体22 关于2026年第三季度',
      '方正小标宋简体22 帮办代办工作情况的通报',
      '',
      '仿宋16 各苏木乡镇人民政府，旗直各部门：',
      '仿宋16 现将有关情况通报如下。',
      '仿宋16 请对照整改。',
      '黑体16 一、总体情况',
      '楷体16 （一）办件量',
      '仿宋16 共登记代办件1,283件。',
      '仿宋16 1.上门',
      '仿宋16 2.窗口',
      '楷体16 （二）时限',
      '黑体16 二、存在问题',
      '楷体16 （一）月报',
      '| 联系人 | 包主任/8812345 |',
      '',
      '',
      '仿宋16 附件：1.得分表',
      '仿宋16 2.计分办法',
      '',
      '',
      '仿宋16 鄂温克族自治旗人民政府办公室',
      '仿宋16 2026年10月9日',
      '仿宋9 包主任 2026-10-09 09:00 生成',
      '---',
      '黑体16 附件1',
      '方正小标宋简体22 得分表',
      '',
      '黑体14 苏木乡镇',
      '| 名次 | 单位 |',
      '| 1 | 巴彦托海镇 |',
      '| 2 | 大雁镇 |',
      '',
      '---',
      '黑体16 附件2',
      '方正小标宋简体22 计分办法',
      '',
      '仿宋16 满分100分。',
      '---',
    ]);
  });

  it('has the measures of GB/T 9704: A4, its margins, lines of 28 points, two characters of indent', async () => {
    const xml = await documentOf({ ...bare, body: [paragraph('正文')] });
    // 210 × 297 mm and 37, 26, 35, 28 mm in twentieths of a point.
    expect(xml).toMatch(/<w:pgSz(?=[^>]*w:w="11906")(?=[^>]*w:h="16838")/);
    expect(xml).toMatch(
      /<w:pgMar(?=[^>]*w:top="2098")(?=[^>]*w:right="1474")(?=[^>]*w:bottom="1984")(?=[^>]*w:left="1587")/,
    );
    const body = xml.match(/<w:p>(?:(?!<\/w:p>).)*正文/s)?.[0] ?? '';
    expect(body).toMatch(/w:line="560" w:lineRule="exact"/);
    expect(body).toMatch(/w:firstLineChars="200"/);
  });

  it('has its page number between dashes, right on odd pages and left on even ones', async () => {
    const parts = partsOf(await writeLetter(bare));
    const feet = [...parts].filter(([path]) => /^word\/footer\d+\.xml$/.test(path)).map(([, xml]) => xml);
    expect(feet).toHaveLength(2);
    expect(feet.map((xml) => [textOf(xml), /<w:jc w:val="(\w+)"/.exec(xml)?.[1]]).sort()).toEqual([
      ['—  —', 'left'],
      ['—  —', 'right'],
    ]);
    expect(feet.every((xml) => />PAGE</.test(xml))).toBe(true);
    expect(parts.get('word/settings.xml')).toContain('<w:evenAndOddHeaders/>');
  });

  it('repeats the header of a table on each page, and turns a page that is too narrow', async () => {
    const xml = await documentOf(full);
    const rows = xml.match(/<w:tr>.*?<\/w:tr>/gs) ?? [];
    const repeated = rows.filter((row) => row.includes('<w:tblHeader'));
    expect(repeated.map(textOf)).toEqual(['名次单位']);
    const pages = [...xml.matchAll(/<w:pgSz[^>]*>/g)].map(([size]) => /w:orient="(\w+)"/.exec(size)?.[1]);
    expect(pages).toEqual(['portrait', 'landscape', 'portrait']);
  });

  it('is larger for older readers, everything along with the text', async () => {
    const sizes = (lines: string[]) => new Set(lines.flatMap((line) => /^[^|\d]+(\d+) /.exec(line)?.[1] ?? []));
    const large = linesOfLetter(await writeLetter({ ...full, letterhead: null, type: 'large' }));
    expect(sizes(large)).toEqual(new Set(['26', '22', '14', '20']));
  });

  it('has one annex without a number, and names what stands in for a font that an office has not', async () => {
    const [annex] = full.annexes;
    const content = await writeLetter({ ...bare, annexes: annex ? [annex] : [] });
    expect(linesOfLetter(content)).toEqual(expect.arrayContaining(['仿宋16 附件：得分表', '黑体16 附件']));
    expect(partsOf(content).get('word/fontTable.xml')).toContain(
      '<w:font w:name="方正小标宋简体"><w:altName w:val="宋体"/>',
    );
  });
});

const hostile = {
  'control characters': ['甲\u0000\u0007\u000b乙', '甲乙'],
  'halves of a surrogate pair': ['甲\ud83d乙\udc00', '甲乙'],
  'what XML gives a meaning': ['<w:p>&amp;"\'<at id=all></at>]]>', '<w:p>&amp;"\'<at id=all></at>]]>'],
  'a formula': ['=HYPERLINK("http://x","点")', '=HYPERLINK("http://x","点")'],
  'what stands outside of every plane': ['\uFFFE\uFFFF😀', '😀'],
} as const;

describe('what people typed', () => {
  it.each(Object.entries(hostile))('%s: leaves a whole file that says the rest', async (_, [typed, kept]) => {
    const letter: Letter = {
      letterhead: { offices: [typed], number: typed },
      title: typed,
      addressees: typed,
      body: [
        paragraph(typed),
        heading(1, typed),
        { kind: 'table', caption: typed, columns: [{ header: typed, width: 1 }], rows: [[typed]] },
        { kind: 'form', pairs: [{ label: typed, value: typed }] },
      ],
      annexes: [{ title: typed, body: [] }],
      signature: { office: typed, day: '2026-10-09' },
      note: typed,
      type: 'standard',
    };
    const lines = linesOfLetter(await writeLetter(letter));
    expect(lines.filter((line) => line.includes(kept))).toHaveLength(14);
  });

  it('of 150 kB in a paragraph and in a cell is there to its end; its row may be torn', async () => {
    const typed = `${'长'.repeat(150_000)}完`;
    const xml = await documentOf({
      ...bare,
      body: [paragraph(typed), { kind: 'table', columns: [{ header: '内容', width: 1 }], rows: [[typed], ['短']] }],
    });
    expect(xml.split('长完')).toHaveLength(3);
    const kept = (xml.match(/<w:tr>.*?<\/w:tr>/gs) ?? []).map((row) => row.includes('<w:cantSplit'));
    expect(kept).toEqual([true, false, true]);
  });

  it('with line breaks of any kind becomes paragraphs', async () => {
    const lines = linesOfLetter(await writeLetter({ ...bare, body: [paragraph('一\r\n二\r三\u2028四')] }));
    expect(lines.slice(2)).toEqual(['仿宋16 一', '仿宋16 二', '仿宋16 三', '仿宋16 四', '---']);
  });
});

it('headings are counted anew below each heading above them, beyond ten as well', () => {
  const one = (level: 1 | 2 | 3) => heading(level, '');
  expect(headingNumbers([one(1), one(2), one(2), one(3), one(2), one(3), one(1), paragraph(''), one(2)])).toEqual([
    '一、',
    '（一）',
    '（二）',
    '1.',
    '（三）',
    '1.',
    '二、',
    '',
    '（一）',
  ]);
  expect(headingNumbers(Array.from({ length: 21 }, () => one(1))).slice(9)).toEqual([
    '十、',
    '十一、',
    '十二、',
    '十三、',
    '十四、',
    '十五、',
    '十六、',
    '十七、',
    '十八、',
    '十九、',
    '二十、',
    '二十一、',
  ]);
});
