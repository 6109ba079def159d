/** People at work all the time: they register, press what their group's cards offer, and write down what was acknowledged. */
import type { GroupKey, PersonKey } from '../../sandbox/cast.ts';
import type { FormInput } from '../../sandbox/form-fields.ts';
import type { ClickResult } from '../../sandbox/person.ts';
import { hasButton } from '../../sandbox/press.ts';
import { cardText } from '../../sandbox/text.ts';
import type { MessageRecord } from '../../sandbox/world.ts';
import { Dice } from './dice.ts';
import { type House, pause } from './house.ts';

interface Button {
  readonly label: string;
  /** The ledger's word for the step. */
  readonly kind: string;
  /** How often it is taken beside the others. */
  readonly weight: number;
  readonly form?: FormInput;
}

const steps: readonly Button[] = [
  { label: '接收', kind: 'accept', weight: 8 },
  { label: '办结', kind: 'complete', weight: 8, form: { 办理结果: '予以办理' } },
  { label: '转上级', kind: 'escalate', weight: 3, form: { 说明: '请审核' } },
  { label: '退回补正', kind: 'return', weight: 2, form: { 说明: '缺户口本' } },
  { label: '查看申请人', kind: 'reveal', weight: 1 },
  { label: '重新转送', kind: 'forward', weight: 8 },
  { label: '确认送达', kind: 'deliver', weight: 8, form: { 送达方式: '送上门' } },
  { label: '回访评价', kind: 'followUp', weight: 8, form: { 满意度: '非常满意' } },
  { label: '催办', kind: 'urge', weight: 1 },
  { label: '撤回', kind: 'withdraw', weight: 1, form: { 撤回原因: '不办了' } },
];

/** What a press is answered with that came to nothing. Of a COMMIT without an answer not even the bot knows. */
const unsaved: ReadonlySet<string> = new Set([
  '现在忙，请再点一次',
  '刚才点的还在办，请稍等；办好了，这张卡片会变',
  '现在不能保存，请稍后再点一次',
]);
/** Cards further up are out of sight. */
const CARDS_IN_SIGHT = 25;
const OPEN_CASES_MAX = 12;

export interface Acknowledged {
  readonly number: string;
  readonly kind: string;
}

/** Everything the people were told, and what they could not know. */
export interface Journal {
  /** Answered with HTTP 200 and a toast of success. */
  readonly acknowledged: Acknowledged[];
  /** Pressed, but no answer came, or one that says to press again: done or not done. `kind` register: the number is the applicant's phone. */
  readonly unanswered: Acknowledged[];
  /** Pressed just now: an answer may still come. */
  readonly underWay: Set<Acknowledged>;
  /** Phone of the applicant → number of the case as told, at once or when asked again. */
  readonly registered: Map<string, string>;
  /** Lines typed in groups, each to be answered once. */
  readonly lines: MessageRecord[];
}

export function emptyJournal(): Journal {
  return { acknowledged: [], unanswered: [], underWay: new Set(), registered: new Map(), lines: [] };
}

export interface Load {
  readonly journal: Journal;
  /** Number of clicks so far that are on the way or answered. */
  clicks(): number;
  /** Called when a click has been sent, before its answer. */
  onClick: () => void;
  stop(): Promise<void>;
}

const staff: readonly { who: PersonKey; where: GroupKey; registers: boolean }[] = [
  { who: 'villageAgent', where: 'village', registers: true },
  { who: 'villageColleague', where: 'village', registers: true },
  { who: 'townClerk', where: 'town', registers: false },
  { who: 'secondClerk', where: 'town', registers: false },
  { who: 'departmentClerk', where: 'department', registers: false },
];

/** Sets everybody to work; while no bot listens they wait. */
export function startLoad(house: House, seed: number): Load {
  const journal = emptyJournal();
  let clicks = 0;
  let going = true;
  const load: Load = {
    journal,
    clicks: () => clicks,
    onClick: () => {},
    async stop() {
      going = false;
      await Promise.all(working);
    },
  };
  const sent = () => {
    clicks += 1;
    load.onClick();
  };
  const working = staff.map(async (part, index) => {
    const worker = new Worker({ house, journal, sent, ...part, dice: new Dice(seed * 100 + index), index });
    while (going) {
      if (house.isUp()) await worker.turn();
      await worker.rest();
    }
  });
  return load;
}

interface Press {
  readonly message: MessageRecord;
  readonly label: string;
  readonly form: FormInput;
}

interface WorkerOptions {
  readonly house: House;
  readonly journal: Journal;
  readonly sent: () => void;
  readonly who: PersonKey;
  readonly where: GroupKey;
  readonly registers: boolean;
  readonly dice: Dice;
  readonly index: number;
}

class Worker {
  readonly #options: WorkerOptions;
  /** Phones by the line that asked for a registration card and is not yet registered. */
  readonly #begun = new Map<string, string>();
  #count = 0;

  constructor(options: WorkerOptions) {
    this.#options = options;
  }

  rest(): Promise<void> {
    return pause(10 + this.#options.dice.below(40));
  }

  async turn(): Promise<void> {
    const { dice, registers } = this.#options;
    if (dice.below(40) === 0) {
      await this.#asks('/待办');
      return;
    }
    if (registers && (await this.#submits())) return;
    if (registers && this.#openCases() < OPEN_CASES_MAX && this.#begun.size < 2) return this.#begins();
    await this.#presses();
  }

  async #asks(text: string): Promise<MessageRecord> {
    const { house, who, where, journal } = this.#options;
    const line = await house.people[who].says(house.groups[where], text);
    journal.lines.push(line);
    return line;
  }

  async #begins(): Promise<void> {
    const phone = `138${String(this.#options.index)}${String(++this.#count).padStart(7, '0')}`;
    const line = await this.#asks(`/登记 低保 ${residentOf(phone)} ${phone}`);
    this.#begun.set(line.messageId, phone);
  }

  /** Submits a registration card that has arrived; again and again, until the answer tells the number. */
  async #submits(): Promise<boolean> {
    const { journal } = this.#options;
    const card = this.#messages().find((message) => this.#begun.has(message.parentId ?? ''));
    const phone = this.#begun.get(card?.parentId ?? '');
    if (card === undefined || phone === undefined) return false;
    if (!look(card).labels.includes('提交登记')) {
      this.#begun.delete(card.parentId ?? '');
      return false;
    }
    const step = { number: phone, kind: 'register' };
    await this.#click(step, { message: card, label: '提交登记', form: { 自愿委托确认: true } }, (toast) => {
      const number = numberIn(toast?.content ?? '');
      if (number === undefined) throw new Error(`neither registered nor told why: ${toast?.content}`);
      journal.registered.set(phone, number);
      this.#begun.delete(card.parentId ?? '');
      if (toast?.type === 'success') journal.acknowledged.push({ number, kind: 'register' });
    });
    return true;
  }

  async #presses(): Promise<void> {
    const { journal, dice } = this.#options;
    const offers = this.#casesInSight().flatMap((message) => {
      const { number = '', labels } = look(message);
      const possible = steps.filter(({ label }) => labels.includes(label) && !isOtherWithdrawal(labels, label));
      return possible.flatMap((step) => Array.from({ length: step.weight }, () => ({ message, number, step })));
    });
    const chosen = dice.of(offers);
    if (chosen === undefined) return;
    const { kind, label, form = {} } = chosen.step;
    const step = { number: chosen.number, kind };
    await this.#click(step, { message: chosen.message, label, form }, (toast) => {
      if (toast?.type === 'success') journal.acknowledged.push(step);
    });
  }

  /**
   * Presses, and has what was answered written down. The step is in the journal at any moment: under way until it is answered or
   * known to be unanswered. A card may have changed under the finger since it was looked at: then the client sends nothing.
   */
  async #click(step: Acknowledged, pressed: Press, answered: (toast: ClickResult['toast']) => void): Promise<void> {
    const { house, who, sent, journal } = this.#options;
    journal.underWay.add(step);
    try {
      const answer = house.people[who].clicks(pressed.message, pressed.label, pressed.form);
      sent();
      const { toast, error } = await answer;
      if (error === undefined && !unsaved.has(toast?.content ?? '')) answered(toast);
      else journal.unanswered.push(step);
    } finally {
      journal.underWay.delete(step);
    }
  }

  #messages(): MessageRecord[] {
    const { house, where } = this.#options;
    const all = house.sandbox.world.messagesOf(house.groups[where].chatId);
    return all.filter((message) => message.senderOpenId === undefined);
  }

  #casesInSight(): MessageRecord[] {
    const offering = this.#messages().filter((message) => {
      const { number, labels } = look(message);
      return number !== undefined && labels.length > 0;
    });
    return offering.slice(-CARDS_IN_SIGHT);
  }

  #openCases(): number {
    return this.#casesInSight().filter((message) => look(message).labels.includes('催办')).length;
  }
}

interface Look {
  /** Of the case whose card it is. */
  readonly number: string | undefined;
  /** Of the buttons that can be pressed. */
  readonly labels: readonly string[];
}

/** A record never changes: a message that is updated becomes a new one. */
const looks = new WeakMap<MessageRecord, Look>();

/** Another name for every phone: nobody asks whether it is the same errand. */
function residentOf(phone: string): string {
  return `张${[...phone.slice(3)].map((digit) => '甲乙丙丁戊己庚辛壬癸'.charAt(Number(digit))).join('')}`;
}

function look(message: MessageRecord): Look {
  const known = looks.get(message);
  if (known) return known;
  const card: unknown = JSON.parse(message.content);
  const text = cardText(card);
  const number = text.startsWith('代办件 ') ? numberIn(text) : undefined;
  const labels = [...steps.map((step) => step.label), '提交登记'].filter((label) => hasButton(card, label));
  const fresh = { number, labels };
  looks.set(message, fresh);
  return fresh;
}

/** A returned case is withdrawn by another form, which has no field for the reason. */
function isOtherWithdrawal(labels: readonly string[], label: string): boolean {
  return label === '撤回' && labels.includes('重新转送');
}

function numberIn(text: string): string | undefined {
  return /\d{2}-\d{2}-\d{5}/.exec(text)?.[0];
}
