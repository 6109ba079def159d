/** The one private card of a stretch of sending papers (传材料): what has come, what is wrong, what is still missing. */
import { PAPERS_MAX, type PaperProblem } from '../src/domain/paper.ts';
import { encodeAction } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import { menu } from './form.ts';
import { bold, button, card, cut, notation, paragraph } from './kit.ts';

const MATERIALS_NAMED = 10;
/** Characters of the line on a case's card, which has room for little more. */
const ON_CASE_MAX = 100;
const MATERIAL_OPTIONS_MAX = 40;

export interface PapersView {
  readonly roundId: number;
  readonly ended: boolean;
  readonly kept: number;
  /** On their way, or until somebody says of which case they are. */
  readonly waiting: number;
  readonly problems: readonly { readonly problem: PaperProblem; readonly count: number }[];
  /** null while nobody has said of which case it is. */
  readonly case: {
    readonly caseNumber: string;
    readonly itemName: string;
    readonly itemId: number;
    /** All that the item asks for; empty where its list is not known. */
    readonly materials: readonly string[];
    readonly there: readonly string[];
    readonly missing: readonly string[];
    /** What comes now. */
    readonly material: string | null;
  } | null;
  /** Set where they are photos of a unit's task or check. */
  readonly evidence?: { readonly title: string; readonly unit: string };
  /** Of which case it may be, most likely first. */
  readonly offered: readonly {
    readonly caseId: number;
    readonly caseNumber: string;
    /** Masked. */
    readonly applicant: string;
    readonly itemName: string;
  }[];
}

/** Of a case's papers how many there are, and of the item's list what was named and what was not. */
export interface CasePapersView {
  readonly count: number;
  readonly there: readonly string[];
  readonly missing: readonly string[];
  /** More may come. */
  readonly open: boolean;
}

const problemWords: Readonly<Record<PaperProblem, string>> = {
  empty: '文件是空的，请重新发',
  tooLarge: '超过20MB，请拍小一些，或分成几份再发',
  tooManyPixels: '照片尺寸太大，请用手机普通模式重拍',
  wrongType: '只收照片和PDF；Word、Excel 请存成PDF，或拍照发来',
  heic: '苹果手机的HEIC格式打不开，请从相册当“照片”发，不要当“文件”发',
  damaged: '照片是坏的，打不开，请重新发',
  vanished: '消息撤回了，没有存',
  closedChat: '这个聊天不让取文件（保密模式），请换一个聊天发',
  tooMany: `一件最多${PAPERS_MAX}份，多出来的没有存`,
  caseClosed: '这件已归档、撤回、终止，或删除了个人信息，不再收材料',
  notYours: '这件现在不归您办，没有存；请交给经办的同事',
  keyUnknown: '这位群众的信息打不开，没有存；请联系系统管理员',
  notFetched: '试了三天没有取到，没有存，请重新发',
  notChosen: '没有选是哪一件，没有存；还要的话请重新发',
};

export function papersCard(view: PapersView): Card {
  if (view.evidence) return evidenceOf(view, view.evidence);
  return view.case === null ? unassignedCard(view) : caseOf(view, view.case);
}

function evidenceOf(view: PapersView, { title, unit }: NonNullable<PapersView['evidence']>): Card {
  const { ended, kept, waiting, roundId } = view;
  return card({
    title: '传照片或PDF',
    subtitle: unit,
    color: ended ? 'grey' : 'blue',
    ...(ended ? { mark: '已结束' } : {}),
    summary: ended ? `已收${kept}份` : '请把照片或PDF直接发给我',
    elements: [
      bold(title, 80),
      ...(ended ? [] : [paragraph('请把照片或PDF直接发给我，里面不要有群众的证件和面孔。')]),
      ...(kept + waiting > 0 || ended ? [paragraph(`已收${kept}份${waiting > 0 ? `，正在存${waiting}份` : ''}`)] : []),
      ...problemLines(view),
      ...(ended
        ? []
        : [
            button({
              label: '传完了',
              value: encodeAction({ action: 'papers.done', roundId }),
              type: 'primary_filled',
            }),
          ]),
      notation('每份不超过20MB；十分钟没有新的，就算传完了。'),
    ],
  });
}

function unassignedCard(view: PapersView): Card {
  const { waiting, offered, ended } = view;
  const title = ended ? '照片没有存' : '收到照片';
  return card({
    title,
    color: ended ? 'grey' : 'blue',
    summary: ended ? title : '收到照片，是哪一件的？',
    elements: [
      ...(ended ? [] : [bold(`收到${waiting}份，是哪一件的？`)]),
      ...(ended ? [] : offered.map((one) => chooseButton(view, one))),
      ...problemLines(view),
      notation(
        ended
          ? '发照片以前，先打开那件代办的卡片，点“传材料”。'
          : '这里没有的：打开那件代办的卡片，点“传材料”，再发一次。十分钟没有选的不存。',
      ),
    ],
  });
}

function chooseButton(
  { roundId }: PapersView,
  { caseId, caseNumber, applicant, itemName }: PapersView['offered'][number],
) {
  const label = `${caseNumber} ${cut(applicant, 8)} ${itemName}`;
  return button({ label, size: 'medium', value: encodeAction({ action: 'papers.choose', roundId, caseId }) });
}

function caseOf(view: PapersView, about: NonNullable<PapersView['case']>): Card {
  const { ended, kept, waiting, roundId } = view;
  const { caseNumber } = about;
  const nothing = kept + waiting + view.problems.length === 0;
  return card({
    title: `传材料 ${caseNumber}`,
    subtitle: about.itemName,
    color: ended ? 'grey' : 'blue',
    ...(ended ? { mark: '已结束' } : {}),
    summary: ended ? `${caseNumber} 已收${kept}张` : `请把 ${caseNumber} 的材料照片直接发给我`,
    elements: [
      ...(ended ? [] : [paragraph(`请把 ${caseNumber} 的材料照片直接发给我`)]),
      ...(nothing && !ended ? [] : [bold(`已收${kept}张${waiting > 0 ? `，正在存${waiting}张` : ''}`)]),
      ...problemLines(view),
      ...materialLines(about),
      ...materialMenu(roundId, about),
      ...(ended
        ? []
        : [
            button({
              label: '传完了',
              value: encodeAction({ action: 'papers.done', roundId }),
              type: 'primary_filled',
            }),
          ]),
      notation(ended ? '还要再传：打开代办件的卡片，点“传材料”。' : '每份不超过20MB。十分钟没有新的，就算传完了。'),
    ],
  });
}

function problemLines({ problems }: PapersView): CardElement[] {
  return problems.map(({ problem, count }) =>
    paragraph(`有${count}份没有存：${problemWords[problem]}`, { color: 'orange' }),
  );
}

function materialLines({ materials, there, missing }: NonNullable<PapersView['case']>): CardElement[] {
  if (materials.length === 0) return [];
  return [
    ...(there.length > 0 ? [paragraph(`已有：${listed(there)}`, { color: 'green' })] : []),
    ...(missing.length > 0 ? [paragraph(`还缺：${listed(missing)}`)] : []),
  ];
}

/** 身份证、户口簿等12样 */
function listed(materials: readonly string[]): string {
  const shown = materials.slice(0, MATERIALS_NAMED).map((material) => cut(material, 20));
  return `${shown.join('、')}${materials.length > shown.length ? `等${materials.length}样` : ''}`;
}

function materialMenu(roundId: number, about: NonNullable<PapersView['case']>): CardElement[] {
  const { materials, material, itemId } = about;
  if (materials.length === 0) return [];
  return [
    paragraph('现在发的是哪一样：'),
    menu({
      name: 'material',
      placeholder: '请选择',
      options: materials.map((text, index) => ({ value: String(index), text })),
      initial: material === null ? '' : String(materials.indexOf(material)),
      optionsMax: MATERIAL_OPTIONS_MAX,
      value: encodeAction({ action: 'papers.name', roundId, itemId }),
    }),
  ];
}

/** On the case's card: 材料3份，已有身份证、户口簿，还缺银行卡复印件. Nothing where nothing came. */
export function papersLine(papers: CasePapersView | null): CardElement[] {
  if (papers === null || papers.count === 0) return [];
  const { count, there, missing } = papers;
  const parts = [
    `材料${count}份`,
    ...(there.length > 0 ? [`已有${listed(there)}`] : []),
    ...(there.length > 0 && missing.length > 0 ? [`还缺${listed(missing)}`] : []),
  ];
  return [paragraph(parts.join('，'), { max: ON_CASE_MAX })];
}
