import { caseListCard } from '../../cards/case-list.ts';
import { moreStepsCard } from '../../cards/case-more.ts';
import { correctionCard } from '../../cards/correct.ts';
import { registrationCard } from '../../cards/registration.ts';
import { registrationListCard } from '../../cards/registration-list.ts';
import { revealCard } from '../../cards/reveal.ts';
import type { Database } from '../../db/database.ts';
import { cardReads } from '../../db/repositories/card.ts';
import { draftReads } from '../../db/repositories/draft.ts';
import { evidenceReads } from '../../db/repositories/evidence.ts';
import { paperReads } from '../../db/repositories/paper.ts';
import type { Reading } from '../ctx.ts';
import { makeLetter } from '../letters/make.ts';
import { type OrderedPaper, openPaper } from '../papers/open.ts';
import type { PaperStore } from '../papers/store.ts';
import { drawEndedCard, drawLivingCard, drawMovedCard } from '../services/card/draw.ts';
import { isPerson } from '../services/card/targets.ts';
import { loadCase } from '../services/case/dossier.ts';
import { withWords } from '../services/case/errand.ts';
import { openApplicant } from '../services/case/secret.ts';
import { viewCorrection } from '../services/case/view-correction.ts';
import { viewAskedList } from '../services/case/view-list.ts';
import { viewMoreSteps } from '../services/case/view-more.ts';
import { openDraft } from '../services/draft/content.ts';
import { lineErrors } from '../services/draft/line-errors.ts';
import { viewList } from '../services/draft/list.ts';
import { viewDraft } from '../services/draft/view.ts';
import { subjectFor } from '../services/evidence/place.ts';
import { ChangedByHand } from '../services/ledger/changed-by-hand.ts';
import { type OutboxContent, openContent, writtenAt } from '../services/message/content.ts';
import { makeSheet } from '../sheets/make.ts';
import type { ReadPage } from '../sheets/sheet.ts';
import type { Vault } from '../vault.ts';
import {
  hasItsOwner,
  isWithdrawn,
  mayGetCases,
  mayGetCorrection,
  mayGetLetter,
  mayGetOrigin,
  mayGetReveal,
  mayGetSheet,
  ownerOf,
} from './entitled.ts';
import type { Drawn, Render } from './sender.ts';
import type { OutboxRow } from './store.ts';

/** One file at a time, for memory's sake; whoever comes meanwhile looks again after this. */
const FILE_UNDER_WAY_MS = 2_000;

const NOT_ENTITLED = { skip: 'whoever it is for is not entitled to it any more' } as const;

/** Draws a row's card from the state at this moment, on one snapshot; a file is read page by page. */
export function createRender(options: {
  db: Database;
  vault: Vault;
  zone: string;
  clock: { now(): number };
  papers: PaperStore;
}): Render {
  const { db, vault, zone, clock } = options;
  const read: ReadPage = (work) => db.read((tx) => work({ tx, now: clock.now(), zone, vault }));
  let making = false;
  const render: Render = async (row) => {
    const content = openContent(vault, row);
    if (!content) return { forged: 'row' };
    if (!isFile(content)) return read((ctx) => draw(ctx, { row, content }));
    if (making) return { putOffUntil: clock.now() + FILE_UNDER_WAY_MS };
    making = true;
    try {
      if (content.kind === 'evidence') {
        const ordered = await read((ctx) => orderedEvidence(ctx, { target: row.target, content }));
        return 'skip' in ordered ? ordered : await openPaper({ store: options.papers, vault }, ordered);
      }
      if (content.kind === 'paper') {
        const ordered = await read((ctx) => orderedPaper(ctx, { target: row.target, content }));
        return 'skip' in ordered ? ordered : await openPaper({ store: options.papers, vault }, ordered);
      }
      if (content.kind === 'letter') {
        const { order } = content;
        if (!(await read((ctx) => mayGetLetter(ctx, { target: row.target, order })))) return NOT_ENTITLED;
        return { file: await makeLetter(read, order) };
      }
      const { order } = content;
      if (!(await read((ctx) => mayGetSheet(ctx, { target: row.target, order })))) return NOT_ENTITLED;
      return await makeSheet(read, { order, zone });
    } finally {
      making = false;
    }
  };
  return async (row) => {
    try {
      return await render(row);
    } catch (error) {
      if (error instanceof ChangedByHand) return { forged: 'basis' };
      throw error;
    }
  };
}

function isFile(
  content: OutboxContent,
): content is Extract<OutboxContent, { kind: 'sheet' | 'letter' | 'paper' | 'evidence' }> {
  return (
    content.kind === 'sheet' || content.kind === 'letter' || content.kind === 'paper' || content.kind === 'evidence'
  );
}

async function draw(
  ctx: Reading,
  message: { row: OutboxRow; content: Exclude<OutboxContent, { kind: 'sheet' | 'letter' | 'paper' | 'evidence' }> },
): Promise<Drawn> {
  const { row, content } = message;
  switch (content.kind) {
    case 'fixed':
      return (await isWithdrawn(ctx, { target: row.target, writtenAt: writtenAt(ctx.vault, row) }))
        ? NOT_ENTITLED
        : { card: content.card };
    case 'living':
    case 'moved':
    case 'ended':
      return drawLiving(ctx, { row, content });
    case 'registration':
      return drawRegistration(ctx, { target: row.target, draftId: content.draftId });
    case 'reveal':
      return drawReveal(ctx, { target: row.target, content });
    case 'correction':
      return drawCorrection(ctx, { target: row.target, content });
    case 'moreSteps':
      return drawMoreSteps(ctx, { target: row.target, content });
    case 'cases':
      return drawCases(ctx, { target: row.target, content });
  }
}

async function drawLiving(
  ctx: Reading,
  message: { row: OutboxRow; content: Extract<OutboxContent, { kind: 'living' | 'moved' | 'ended' }> },
): Promise<Drawn> {
  const { content } = message;
  const card = message.row.livingCardId === null ? undefined : await cardReads.byId(ctx.tx, message.row.livingCardId);
  if (!card) return { skip: 'the card does not exist any more' };
  // Where it is posted is sealed; for whom it is drawn must be the same place.
  if (card.target !== message.row.target)
    throw new ChangedByHand('a living card stands elsewhere than its message goes');
  const { messageId } = card;
  if (card.retiredAt !== null && messageId === null) return { skip: 'the card was never posted' };
  if (content.kind === 'moved') {
    const seesNewOne = (await drawLivingCard(ctx, card)) !== undefined;
    return { card: seesNewOne ? await drawMovedCard(ctx, card) : drawEndedCard(ctx, card), messageId };
  }
  if (content.kind === 'ended') return { card: drawEndedCard(ctx, card), messageId };
  if (card.retiredAt !== null) return { skip: 'the card follows no longer' };
  const drawn = (await hasItsOwner(ctx, card)) ? await drawLivingCard(ctx, card, content) : undefined;
  if (!drawn && messageId === null) return { ...NOT_ENTITLED, elsewhere: true };
  return { card: drawn ?? drawEndedCard(ctx, card), messageId };
}

async function drawRegistration(ctx: Reading, form: { target: string; draftId: number }): Promise<Drawn> {
  const draft = await draftReads.byId(ctx.tx, form.draftId);
  if (!draft || draft.caseId !== null) return { skip: 'the draft has become a case or was purged' };
  // In a group it shows nothing personal, whoever it belongs to.
  if (!draft.shared && !(await ownerOf(ctx, { agentId: draft.agentId, target: form.target }))) return NOT_ENTITLED;
  if (!(await mayGetOrigin(ctx, draft))) return NOT_ENTITLED;
  const content = openDraft(ctx.vault, draft);
  if (content.list !== undefined) return { card: registrationListCard(await viewList(ctx, draft)) };
  const errors = lineErrors(ctx, content);
  return { card: registrationCard(await viewDraft(ctx, { draft, errors, twin: null })) };
}

async function drawCases(
  ctx: Reading,
  { target, content }: { target: string; content: Extract<OutboxContent, { kind: 'cases' }> },
): Promise<Drawn> {
  const staff = await mayGetCases(ctx, { target, agentId: content.agentId });
  if (!staff) return NOT_ENTITLED;
  const view = await viewAskedList(ctx, { list: content.list, staff, privately: isPerson(target) });
  return { card: caseListCard(view) };
}

async function drawReveal(
  ctx: Reading,
  { target, content }: { target: string; content: Extract<OutboxContent, { kind: 'reveal' }> },
): Promise<Drawn> {
  const dossier = await loadCase(ctx, content.caseId);
  if (!(await mayGetReveal(ctx, { target, content, dossier }))) return NOT_ENTITLED;
  const { record, item, units } = dossier;
  const { applicant, openRemarks, openOtherErrand } = openApplicant(ctx, dossier.applicant);
  if (!applicant) return { skip: 'the applicant was erased' };
  const residence = units.find((unit) => unit.id === record.residenceUnitId);
  const card = revealCard({
    caseNumber: record.caseNumber,
    name: applicant.name,
    phone: applicant.phone,
    contact: applicant.contact,
    idNumber: applicant.idNumber,
    address: applicant.address,
    residence: residence?.name ?? '',
    itemName: withWords(item.subItem, openOtherErrand(record.otherErrandSealed) ?? ''),
    remarks: openRemarks(record.remarksSealed),
  });
  return { card };
}

async function drawCorrection(
  ctx: Reading,
  { target, content }: { target: string; content: Extract<OutboxContent, { kind: 'correction' }> },
): Promise<Drawn> {
  const dossier = await loadCase(ctx, content.caseId);
  const entitled = await mayGetCorrection(ctx, { target, content, dossier });
  if (!entitled) return NOT_ENTITLED;
  const view = await viewCorrection(ctx, { ...entitled, dossier });
  return view ? { card: correctionCard(view) } : { skip: 'the applicant was erased' };
}

async function orderedPaper(
  ctx: Reading,
  { target, content }: { target: string; content: Extract<OutboxContent, { kind: 'paper' }> },
): Promise<OrderedPaper | { readonly skip: string }> {
  const dossier = await loadCase(ctx, content.caseId);
  if (!(await mayGetReveal(ctx, { target, content, dossier }))) return NOT_ENTITLED;
  const paper = await paperReads.byId(ctx.tx, content.paperId);
  const { wrappedKey } = dossier.applicant;
  if (wrappedKey === null || paper?.caseId !== content.caseId || paper.state !== 'kept') {
    return { skip: 'the paper is not there any more' };
  }
  return { paper, wrappedKey, label: `${dossier.record.caseNumber} 材料`, number: content.number };
}

async function orderedEvidence(
  ctx: Reading,
  { target, content }: { target: string; content: Extract<OutboxContent, { kind: 'evidence' }> },
): Promise<OrderedPaper | { readonly skip: string }> {
  const staff = await ownerOf(ctx, { agentId: content.agentId, target });
  const place = await evidenceReads.byId(ctx.tx, content.placeId);
  const subject = staff && place && (await subjectFor(ctx, { place, staff }));
  if (!subject) return NOT_ENTITLED;
  const paper = await paperReads.byId(ctx.tx, content.paperId);
  if (paper?.placeId !== place.id || paper.state !== 'kept') return { skip: 'the photo is not there any more' };
  return { paper, wrappedKey: place.wrappedKey, label: `${subject.unit} 照片`, number: content.number };
}

async function drawMoreSteps(
  ctx: Reading,
  { target, content }: { target: string; content: Extract<OutboxContent, { kind: 'moreSteps' }> },
): Promise<Drawn> {
  const staff = await ownerOf(ctx, { agentId: content.agentId, target });
  const view = staff && (await viewMoreSteps(ctx, { dossier: await loadCase(ctx, content.caseId), staff }));
  return view ? { card: moreStepsCard(view) } : NOT_ENTITLED;
}
