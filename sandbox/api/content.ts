/** Checks the `content` of a message by its type, as the platform does on sending and updating. */
import * as z from 'zod';
import { asList, asNode, asText, type CardNode, isNode } from '../card-node.ts';
import { CARD_BYTES_MAX, cardProblems, measuredBytes } from '../card-schema.ts';
import type { World } from '../world.ts';
import { ApiError } from './answer.ts';

const TEXT_BYTES_MAX = 150 * 1024;
const INVALID_PERSON = 100290;

const shapes: Readonly<Record<string, z.ZodType>> = {
  text: z.strictObject({ text: z.string().min(1) }),
  post: z.record(z.string(), z.strictObject({ title: z.string().optional(), content: z.array(z.array(z.unknown())) })),
  image: z.strictObject({ image_key: z.string() }),
  file: z.strictObject({ file_key: z.string() }),
};

/** Refuses with 230001, 230025, 230054, 230055 or 230099 what the platform would refuse. */
export function checkContent(world: World, message: { msgType: string; content: string }): void {
  const content = parse(message.content);
  const isText = message.msgType === 'text';
  const bytes = isText ? Buffer.byteLength(message.content) : measuredBytes(content);
  if (bytes > (isText ? TEXT_BYTES_MAX : CARD_BYTES_MAX)) {
    throw new ApiError(230025, 'The length of the message content reaches its limit.');
  }
  if (message.msgType === 'interactive') {
    checkCardContent(world, content);
    return;
  }
  const shape = shapes[message.msgType];
  if (shape === undefined) throw new ApiError(230054, `This message type is not supported: ${message.msgType}`);
  const checked = shape.safeParse(content);
  if (!checked.success) throw invalid(`content does not fit msg_type ${message.msgType}`);
  if (message.msgType === 'file' || message.msgType === 'image') checkKey(world, content);
}

/** Refuses a card with 230099 and the first problem's sub-code in the message. */
function checkCardContent(world: World, card: unknown): void {
  const [problem] = cardProblems(card);
  if (problem !== undefined) {
    throw cardError({ code: problem.code, message: problem.message, value: problem.path });
  }
  const stranger = unknownPerson(world, card);
  if (stranger !== undefined) {
    const message = 'There is an invalid user resource(at/person) in your card';
    throw cardError({ code: INVALID_PERSON, message, value: stranger });
  }
}

function cardError(error: { code: number; message: string; value: string }): ApiError {
  const ext = `ErrCode: ${error.code}; ErrMsg: ${error.message}; ErrorValue: ${error.value}; `;
  return new ApiError(230099, `Failed to create card content, ext=${ext}`);
}

function invalid(ext: string): ApiError {
  return new ApiError(230001, `Your request contains an invalid request parameter, ext=${ext}.`);
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    throw invalid('content is not a string in json format');
  }
}

function checkKey(world: World, content: unknown): void {
  const keys = Object.values(isNode(content) ? content : {});
  for (const key of keys) {
    if (typeof key === 'string' && !world.files.has(key)) throw new ApiError(230055, `unknown key ${key}`);
  }
}

/** The first person of the card whom nobody knows; a `person_list` may ask to drop such. */
function unknownPerson(world: World, node: unknown): string | undefined {
  if (Array.isArray(node)) return firstOf(node, (item) => unknownPerson(world, item));
  if (!isNode(node)) return undefined;
  const stranger = peopleOf(node).find((id) => id !== 'all' && !world.people.has(id));
  return stranger ?? firstOf(Object.values(node), (child) => unknownPerson(world, child));
}

function firstOf(items: readonly unknown[], find: (item: unknown) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The people a component itself names, in its properties or in its markdown. */
function peopleOf(node: CardNode): string[] {
  switch (node.tag) {
    case 'person':
      return [asText(node.user_id)];
    case 'person_list':
      return node.drop_invalid_user_id === true ? [] : asList(node.persons).map((person) => asText(asNode(person).id));
    case 'markdown':
    case 'lark_md':
      return [...asText(node.content).matchAll(/<(?:at|person)\s+ids?\s*=\s*["']?([^"'>\s]+)/g)].flatMap(
        ([, ids = '']) => ids.split(','),
      );
    default:
      return [];
  }
}
