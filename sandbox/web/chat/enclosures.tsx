import { useRef } from 'preact/hooks';
import type { Chat } from '../api.ts';
import { bot, messages, nameOf } from '../world.ts';
import { answeredNow, answerNothing, enclose, enclosedNow, goesUnheard, leaveOut, mentionBot } from './outgoing.ts';
import { substance } from './preview.ts';

/** Above the line to type in: what is answered, what goes along, and whether the bot will hear it. */
export function Enclosures({ chat }: { readonly chat: Chat }) {
  const answered = messages.value.find((message) => message.messageId === answeredNow());
  const along = enclosedNow();
  if (answered === undefined && along.length === 0) return null;
  return (
    <div class="enclosures">
      {answered !== undefined && (
        <div class="answering">
          <span class="answering-words">
            回复 {answered.senderOpenId === undefined ? bot.value.name : nameOf(answered.senderOpenId)}：
            {substance(answered)}
          </span>
          <button type="button" class="link" aria-label="不回复这条" onClick={answerNothing}>
            ×
          </button>
        </div>
      )}
      {along.length > 0 && (
        <ul class="along" aria-label="要发的图片和文件">
          {along.map(({ id, file, isPicture, url }) => (
            <li key={id} class="along-item">
              {isPicture ? <img src={url} alt={file.name} /> : <span class="along-name">{file.name}</span>}
              <button type="button" class="along-out" aria-label={`不发 ${file.name}`} onClick={() => leaveOut(id)}>
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      {goesUnheard(chat) && (
        <p class="unheard">
          在群里，机器人只看得到 @{bot.value.name} 的消息。
          <button type="button" class="link" onClick={mentionBot}>
            加上 @{bot.value.name}
          </button>
        </p>
      )}
    </div>
  );
}

/** The paper clip: pictures and files from this machine. */
export function TakeFiles({ after }: { after(): void }) {
  const files = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        aria-label="选图片或文件"
        onChange={(event) => {
          enclose([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
          after();
        }}
      />
      <button
        type="button"
        class="composer-tool"
        title="发图片或文件"
        aria-label="发图片或文件"
        onClick={() => files.current?.click()}
      >
        <PaperClip />
      </button>
    </>
  );
}

function PaperClip() {
  return (
    <svg
      viewBox="0 0 20 20"
      width="18"
      height="18"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      stroke-width="1.6"
    >
      <path d="M15.5 9.5 9.9 15a3.4 3.4 0 0 1-4.8-4.8l6-6a2.3 2.3 0 0 1 3.2 3.2l-5.7 5.7a1.1 1.1 0 0 1-1.6-1.6l5-5" />
    </svg>
  );
}
