/**
 * A comparable bot on Koishi: its Lark adapter checking signature and encryption, one command that stores one row, SQLite as
 * its driver opens it by default. Nothing is sent back: what a reply costs is not counted against it.
 */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { Context, Logger } = require('koishi');
const { default: LarkBot } = require('@satorijs/adapter-lark');
const { default: SQLiteDriver } = require('@minatojs/driver-sqlite');
const { default: Http } = require('@koishijs/plugin-http');
const { default: Server } = require('@koishijs/plugin-server');

const settings = JSON.parse(process.env.BENCH_KOISHI ?? '{}');
Logger.levels.base = 1;

let stored = 0;
let lastStoredAt = 0;

const ctx = new Context({});
ctx.plugin(Http);
ctx.plugin(Server, { host: '127.0.0.1', port: settings.port });
ctx.plugin(SQLiteDriver, { path: settings.file });
ctx.plugin(LarkBot, {
  platform: 'feishu',
  appId: settings.appId,
  appSecret: settings.appSecret,
  endpoint: `${settings.platform}/open-apis/`,
  protocol: 'http',
  path: '/lark/events',
  selfUrl: 'http://127.0.0.1',
  encryptKey: settings.encryptKey,
  verificationToken: settings.verificationToken,
  verifyToken: true,
  verifySignature: true,
});

ctx.inject(['database'], (inner) => {
  inner.model.extend(
    'errand',
    {
      id: 'unsigned',
      item: 'string',
      applicant: 'string',
      phone: 'string',
      userId: 'string',
      registeredAt: 'timestamp',
    },
    { primary: 'id', autoInc: true },
  );
  inner.command('register <item> <applicant> <phone>').action(async ({ session }, item, applicant, phone) => {
    await inner.database.create('errand', {
      item,
      applicant,
      phone,
      userId: session.userId,
      registeredAt: new Date(),
    });
    stored++;
    lastStoredAt = Date.now();
  });
});

process.on('message', ({ question }) => {
  if (question === 'stored') process.send({ stored, lastStoredAt });
});

await ctx.start();
while (!ctx.bots[0]?.isActive) await new Promise((resolve) => setTimeout(resolve, 20));
console.log(`ready http://127.0.0.1:${ctx.server.port}`);
