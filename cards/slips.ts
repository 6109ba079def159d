/** 打印: which papers of a case there are now, for whoever handles it; stands in private chats. */
import type { Slip } from '../src/domain/slip.ts';
import { encodeAction } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import { button, card, columns, notation, paragraph } from './kit.ts';
import { slipWords } from './words.ts';

export interface SlipsView {
  readonly caseId: number;
  readonly caseNumber: string;
  readonly itemName: string;
  readonly offers: readonly Slip[];
}

/** Tells nothing of the applicant: only the files do. */
export function slipsCard(view: SlipsView): Card {
  return card({
    title: `代办件 ${view.caseNumber}`,
    subtitle: view.itemName,
    color: 'blue',
    mark: '打印',
    summary: `代办件 ${view.caseNumber}：打印单子`,
    elements: [
      paragraph('要打印哪一张？点一下，Word 文件私信给您。老人看，请点右边的“大字”。'),
      ...view.offers.map((slip) => row(view, slip)),
      notation('文件里有群众的个人信息，每次打印都记入台账。打印以后请收好，不要发到群里。'),
    ],
  });
}

function row({ caseId }: SlipsView, slip: Slip): CardElement {
  const press = (large: boolean) => encodeAction({ action: 'case.print', caseId, slip, large });
  return columns([
    { weight: 3, elements: [button({ label: slipWords[slip], value: press(false) })] },
    { weight: 1, elements: [button({ label: '大字', value: press(true) })] },
  ]);
}
