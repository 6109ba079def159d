/** The yardstick: the SDK's own Express adapter with a handler that does nothing. */
import { adaptExpress, EventDispatcher, LoggerLevel } from '@larksuiteoapi/node-sdk';
import express from 'express';
import { listen } from '../src/http/server.ts';
import { app } from './wire.ts';

const { encryptKey, verificationToken } = app;
const dispatcher = new EventDispatcher({ encryptKey, verificationToken, loggerLevel: LoggerLevel.warn }).register({
  'im.message.receive_v1': async () => {},
});
const http = express();
http.post('/lark/events', adaptExpress(dispatcher));
const { url } = await listen(http, { port: 0, host: '127.0.0.1' });
console.log(`ready ${url}`);
