/** What is said to somebody who sent no words: that it cannot be taken, and what to do instead. */
import { noticeCard } from '../../cards/notice.ts';
import { fixed } from '../commands/command.ts';
import type { InboundMessage, Wordless } from '../lark/port.ts';
import type { OutboxContent } from '../services/message/content.ts';
import { RECALL } from './papers.ts';

const sentences: Readonly<Record<Wordless, string>> = {
  picture: '照片要说明是哪一件的：在代办件的卡片上点“传材料”，再把照片私信发给我；或者回复那张卡片，@我并带上照片。',
  voice: '语音还听不懂，请打字发来；也可以用手机键盘上的话筒，把话变成文字再发。',
  video: '视频暂时存不了，请把要办的事打字发来，如“/登记 低保”。',
  file: '文件要说明是哪一件的：在代办件的卡片上点“传材料”，再把文件（PDF）私信发给我；或者私聊里回复那张卡片。',
  sticker: '表情收到了。要办事请打字发来；发“/帮助”看看我能做什么。',
  forwarded: '转发的内容我看不到，请把要办的事打字发来，如“/登记 低保”。',
  other: '这种消息我看不懂，请打字发来；发“/帮助”看看我能做什么。',
};

const titles: Partial<Record<Wordless, string>> = { picture: '这是哪一件的？', file: '这是哪一件的？' };

export function answerWordless(sent: Wordless, chatType: InboundMessage['chatType']): OutboxContent {
  const showsPapers = chatType === 'group' && (sent === 'picture' || sent === 'file');
  const lines = [sentences[sent], ...(showsPapers ? [RECALL] : [])];
  return fixed(noticeCard({ tone: 'info', title: titles[sent] ?? '请打字发来', lines }));
}
