/** `im/v1/messages/:message_id/resources/:file_key`: what somebody sent in a message, to be downloaded by the bot. */
import { Router } from 'express';
import * as z from 'zod';
import type { World } from '../world.ts';
import { type ApiContext, ApiError, pathParam, readBody, readQuery } from './answer.ts';

const BYTES_MAX = 100 * 1024 * 1024;
const query = z.strictObject({ type: z.enum(['image', 'file']) });
/** Messages whose resources the platform does not give. */
const closedTypes: ReadonlySet<string> = new Set(['interactive', 'merge_forward']);

/** The route of resources; errors are 230110, 234001, 234003, 234004, 234037 and 234043. */
export function resourcesRouter(context: ApiContext): Router {
  const router = Router();
  router.get('/open-apis/im/v1/messages/:message_id/resources/:file_key', (request, response) => {
    readBody(request, z.strictObject({}));
    const { type } = readQuery(request, query);
    const found = resourceOf(context.world, {
      messageId: pathParam(request, 'message_id'),
      key: pathParam(request, 'file_key'),
    });
    if (found.kind !== type) throw new ApiError(234001, 'Invalid request param: type');
    response
      .type(found.kind === 'image' ? 'image/jpeg' : 'application/octet-stream')
      .set('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(found.name || found.key)}`)
      .send(found.bytes);
  });
  return router;
}

function resourceOf(world: World, { messageId, key }: { messageId: string; key: string }) {
  const message = world.messages.get(messageId);
  if (message === undefined) throw new ApiError(234001, 'Invalid request param: message_id');
  if (message.recalled) throw new ApiError(230110, 'Action unavailable as the message has been deleted.');
  if (closedTypes.has(message.msgType)) throw new ApiError(234043, 'Unsupported message type.');
  if (world.chats.get(message.chatId)?.hasBot !== true) throw new ApiError(234004, 'App not in chat.');
  const file = world.files.get(key);
  if (file === undefined || !message.content.includes(JSON.stringify(key))) {
    throw new ApiError(234003, 'File not in message.');
  }
  if (file.bytes.length > BYTES_MAX) throw new ApiError(234037, 'Downloaded file size exceeds limit.');
  return file;
}
