import { requireStaff } from '../ctx.ts';
import { prefill } from '../domain/prefill.ts';
import type { DraftContent } from '../services/draft/content.ts';
import { startDraft } from '../services/draft/start.ts';
import { searchableCatalogue } from '../services/item/catalogue.ts';
import { isGroupOfOwnLine } from '../services/unit/own-ground.ts';
import { residencesFor } from '../services/unit/residences.ts';
import { answerPrivately, type Command, type CommandCtx } from './command.ts';

export const register: Command = {
  name: '登记',
  aliases: ['new'],
  audience: 'agent',
  usage: '/登记 [一句话]',
  summary: '给群众登记一件代办，可以一句话填好',
  example: '/登记 低保 张三 13800000000',
  async run(ctx, args) {
    const content = await contentOfLine(ctx, args);
    const shared = ctx.chat.type === 'group' && (await isGroupOfOwnLine(ctx, ctx.chat.chatId));
    const draft = await startDraft(ctx, { shared, content });
    const form = { kind: 'registration', draftId: draft.id } as const;
    if (shared) return form;
    return answerPrivately(ctx, { content: form, why: '这个群不是您单位的群，登记卡已私信发给您。' });
  },
};

/** What one typed line already tells; what was not understood goes into the remarks, so that nothing typed is lost. */
async function contentOfLine(ctx: CommandCtx, line: string): Promise<DraftContent> {
  const staff = requireStaff(ctx);
  const places = await residencesFor(ctx, staff);
  const catalogue = await searchableCatalogue(ctx);
  const known = prefill(line, catalogue, places);
  const items = catalogue.map((entry) => entry.item).filter((item) => known.itemCodes.includes(item.code));
  const residence = known.residenceId ?? (places.length === 1 ? places[0]?.id : undefined);
  return {
    way: known.way ?? 'counter',
    ...(items.length === 1 ? { item: String(items[0]?.id) } : {}),
    ...(residence === undefined ? {} : { residence: String(residence) }),
    ...(known.name === undefined ? {} : { applicantName: known.name }),
    ...(known.nameWords === undefined ? {} : { nameWords: known.nameWords }),
    ...(known.phone === undefined ? {} : { phone: known.phone }),
    ...(known.idNumber === undefined ? {} : { idNumber: known.idNumber }),
    ...(known.address === undefined ? {} : { address: known.address }),
    ...(known.rest.length === 0 ? {} : { remarks: known.rest.join(' ') }),
  };
}
