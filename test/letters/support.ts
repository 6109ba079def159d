import { heading, type Letter, paragraph } from '../../src/letters/document.ts';

/** A letter with nothing but its title. */
export const bare: Letter = {
  letterhead: null,
  title: '关于帮办代办工作情况的通报',
  addressees: null,
  body: [],
  annexes: [],
  signature: null,
  note: null,
  type: 'standard',
};

/** Everything that a letter may have, once. */
export const full: Letter = {
  letterhead: { offices: ['鄂温克族自治旗人民政府办公室'], number: '鄂政办通〔2026〕3号' },
  title: '关于2026年第三季度\n帮办代办工作情况的通报',
  addressees: '各苏木乡镇人民政府，旗直各部门',
  body: [
    paragraph('现将有关情况通报如下。\n请对照整改。'),
    heading(1, '总体情况'),
    heading(2, '办件量'),
    paragraph('共登记代办件1,283件。'),
    heading(3, '上门'),
    heading(3, '窗口'),
    heading(2, '时限'),
    heading(1, '存在问题'),
    heading(2, '月报'),
    { kind: 'form', pairs: [{ label: '联系人', value: '包主任\n8812345' }] },
  ],
  annexes: [
    {
      title: '得分表',
      landscape: true,
      body: [
        {
          kind: 'table',
          caption: '苏木乡镇',
          columns: [
            { header: '名次', width: 1 },
            { header: '单位', width: 3, align: 'left' },
          ],
          rows: [
            ['1', '巴彦托海镇'],
            ['2', '大雁镇'],
          ],
        },
      ],
    },
    { title: '计分办法', body: [paragraph('满分100分。')] },
  ],
  signature: { office: '鄂温克族自治旗人民政府办公室', day: '2026-10-09' },
  note: '包主任 2026-10-09 09:00 生成',
  type: 'standard',
};
