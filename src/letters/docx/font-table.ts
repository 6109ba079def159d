import { fonts } from './measures.ts';

/** What a font is called elsewhere, or what stands in for one that an office does not have. */
const standIns: Readonly<Record<string, string>> = {
  [fonts.title]: '宋体',
  [fonts.text]: 'FangSong',
  [fonts.heading]: 'SimHei',
  [fonts.subheading]: 'KaiTi',
  [fonts.number]: 'SimSun',
  [fonts.mongolian]: 'Noto Sans Mongolian',
};

const rows = Object.entries(standIns).map(([name, standIn]) => {
  // 86: Chinese.
  const charset = name === fonts.mongolian ? '00' : '86';
  return `<w:font w:name="${name}"><w:altName w:val="${standIn}"/><w:charset w:val="${charset}"/><w:family w:val="auto"/></w:font>`;
});

/** The library knows only fonts that are embedded: this part of the file is ours. */
export const fontTable = {
  path: 'word/fontTable.xml',
  data: `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${rows.join('')}</w:fonts>`,
};
