import { api, type Chat, type Message } from '../api.ts';
import { text } from '../card/node.ts';
import { me } from '../me.ts';
import { clockWords, dayWords } from '../time.ts';
import { bot, messages, nameOf } from '../world.ts';
import { Avatar } from './avatar.tsx';
import { CardMessage } from './card-message.tsx';
import { answer } from './outgoing.ts';
import { contentOf, postLines, preview, textOf } from './preview.ts';

export function DayLine({ at }: { readonly at: number }) {
  return <div class="day-line">{dayWords(at)}</div>;
}

/** One message: who, when, and what. One's own stand on the right. */
export function MessageRow({ message, chat }: { readonly message: Message; readonly chat: Chat }) {
  const isBot = message.senderOpenId === undefined;
  const name = message.senderOpenId === undefined ? bot.value.name : nameOf(message.senderOpenId);
  const mine = message.senderOpenId === me.value;
  const parent = messages.value.find((one) => one.messageId === message.parentId);
  return (
    <div class={mine ? 'message message-mine' : 'message'} data-message={message.messageId}>
      <Avatar name={name} kind={isBot ? 'bot' : 'person'} />
      <div class="message-body">
        <div class="message-head">
          <span class="message-name">{name}</span>
          {isBot && <span class="bot-mark">机器人</span>}
          <time>{clockWords(message.createdAt)}</time>
          {message.updated && !message.recalled && <span class="message-note">{updateWords(message)}</span>}
          {!message.recalled && (
            <button type="button" class="reply" onClick={() => answer(message.messageId)}>
              回复
            </button>
          )}
        </div>
        {parent !== undefined && <div class="quote">回复 {preview(parent)}</div>}
        <Content message={message} chat={chat} />
      </div>
    </div>
  );
}

function updateWords({ createdAt, updatedAt }: Message): string {
  return clockWords(createdAt) === clockWords(updatedAt) ? '已更新' : `${clockWords(updatedAt)} 更新`;
}

/** A picture opens by a tap, as large as it is. */
function Picture({ imageKey }: { readonly imageKey: string }) {
  return (
    <a href={api.fileUrl(imageKey)} target="_blank" rel="noreferrer" title="看大图">
      <img class="picture" src={api.fileUrl(imageKey)} alt="图片" />
    </a>
  );
}

/** Words and pictures in one message. */
function Post({ message }: { readonly message: Message }) {
  return (
    <div class="bubble post">
      {postLines(message).map((line, index) => (
        <div key={index}>
          {line.map((piece) =>
            piece.imageKey === undefined ? piece.words : <Picture key={piece.imageKey} imageKey={piece.imageKey} />,
          )}
        </div>
      ))}
    </div>
  );
}

/** What a phone opens by itself opens here too; the rest is downloaded. */
const OPENS = /\.(?:pdf|png|jpe?g|gif|webp)$/i;

function FileBubble({ message }: { readonly message: Message }) {
  const name = message.file?.name ?? '文件';
  const opens = OPENS.test(name);
  const way = opens ? { target: '_blank', rel: 'noreferrer' } : { download: name };
  const mark = /\.([a-z]{1,4})x?$/i.exec(name)?.[1]?.toUpperCase() ?? '文件';
  return (
    <a class="bubble file" href={api.fileUrl(text(contentOf(message), 'file_key'))} {...way}>
      <span class={`file-mark file-${mark.toLowerCase()}`}>{mark}</span>
      <span class="file-words">
        <span class="file-name">{name}</span>
        <span class="file-size">
          {sizeWords(message.file?.bytes ?? 0)} · {opens ? '点开' : '点此下载'}
        </span>
      </span>
    </a>
  );
}

/** 23.4 KB, 1.2 MB */
function sizeWords(bytes: number): string {
  if (bytes < 1024) return '不到 1 KB';
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function Content({ message, chat }: { readonly message: Message; readonly chat: Chat }) {
  if (message.recalled) return <div class="bubble bubble-gone">消息已撤回</div>;
  switch (message.msgType) {
    case 'interactive':
      return <CardMessage message={message} chat={chat} />;
    case 'text':
      return <div class="bubble">{textOf(message)}</div>;
    case 'post':
      return <Post message={message} />;
    case 'image':
      return <Picture imageKey={text(contentOf(message), 'image_key')} />;
    case 'file':
      return <FileBubble message={message} />;
    default:
      return <div class="unknown">未知消息：{message.msgType}</div>;
  }
}
