/** The platform's side in its own process: answers every call of every contender at once, and checks nothing. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { app } from './wire.ts';

let messages = 0;

function answerTo(method: string, path: string): object {
  if (path.includes('tenant_access_token')) return { code: 0, msg: 'ok', tenant_access_token: 't-bench', expire: 7200 };
  if (path.includes('/bot/v3/info')) {
    const bot = { open_id: app.botOpenId, app_name: 'bench', activate_status: 2, avatar_url: '' };
    return { code: 0, msg: 'ok', bot };
  }
  if (method === 'POST' && path.includes('/im/v1/messages')) {
    return { code: 0, msg: 'ok', data: { message_id: `om_sent_${++messages}` } };
  }
  return { code: 0, msg: 'ok', data: {} };
}

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    const body = JSON.stringify(answerTo(request.method ?? '', request.url ?? ''));
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(body);
  });
});

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(`ready http://127.0.0.1:${port}`);
});
