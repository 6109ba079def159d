/** Checks the `content` of a message by its type, as the platform does on sending and updating. */
import * as z from 'zod';
import { asList, asNode, isNode } from '../card-node.ts';
import { CARD_BYTES_MAX, cardProblems } from '../card-schema.ts';
import type { World } from '../world.ts';
import { ApiError } from './answer.ts';

const TEXT_BYTES_MAX = 150 * 1024;

const shapes: Readonly<Record<string, z.ZodType>> = {
  text: z.strictObject({ text: z.string().min(1) }),
  post: z.record(z.string(), z.strictObject({ title: z.string().optional(), content: z.array(z.array(z.unknown())) })),
  image: z.strictObject({ image_key: z.string() }),
  file: z.strictObject({ file_key: z.string() }),
};

/** Refuses with 230001, 230025, 230054, 230055 or 230099 what the platform would refuse. */
export function checkContent(world: World, message: { msgType: string; content: string }): void {
  const most = message.msgType === 'text' ? TEXT_BYTES_MAX : CARD_BYTES_MAX;
  if (Buffer.byteLength(message.content) > most) {
    throw new ApiError(230025, 'The length of the message content reaches its limit.');
  }
  const content = parse(message.content);
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
  if (stranger !== undefined) throw cardError({ code: 11311, message: 'invalid user id', value: stranger });
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

/** A person_list that does not drop unknown people is refused for the first one. */
function unknownPerson(world: World, node: unknown): string | undefined {
  if (Array.isArray(node)) {
    for (const item of node) {
      const found = unknownPerson(world, item);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (!isNode(node)) return undefined;
  const strict = node.tag === 'person_list' && node.drop_invalid_user_id !== true;
  if (strict) {
    const ids = asList(node.persons).map((person) => asNode(person).id);
    const stranger = ids.find((id) => typeof id !== 'string' || !world.people.has(id));
    if (stranger !== undefined) return String(stranger);
  }
  return unknownPerson(world, Object.values(node));
}
