import { signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { api } from '../api.ts';
import { enterChat, me } from '../me.ts';
import { toast } from '../toast.tsx';
import { noteChat, people } from '../world.ts';

const open = signal(false);

export function NewGroupButton() {
  return (
    <button
      type="button"
      class="link new-group"
      onClick={() => {
        open.value = true;
      }}
    >
      ＋ 建群
    </button>
  );
}

/** Opens a group, with the bot in it, as people do on the platform. Its first word there tells how to go on. */
export function NewGroup() {
  const dialog = useRef<HTMLDialogElement>(null);
  const name = useSignal('');
  const members = useSignal<ReadonlySet<string>>(new Set());
  useEffect(() => {
    if (open.value) dialog.current?.showModal();
  }, [open.value]);
  if (!open.value) return null;
  const close = () => {
    open.value = false;
    name.value = '';
    members.value = new Set();
  };
  return (
    <dialog ref={dialog} class="confirm" aria-labelledby="new-group-title" onCancel={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void create({ name: name.value.trim(), members: [...members.value], close });
        }}
      >
        <h2 id="new-group-title">新建一个群，把机器人拉进去</h2>
        <label class="new-group-name">
          群名
          <input
            class="composer-field"
            required
            maxLength={60}
            placeholder="例：安门社区便民服务站"
            value={name.value}
            onInput={(event) => {
              name.value = event.currentTarget.value;
            }}
          />
        </label>
        <Members chosen={members.value} choose={(chosen) => (members.value = chosen)} />
        <div class="confirm-buttons">
          <button type="button" class="btn" onClick={close}>
            取消
          </button>
          <button type="submit" class="btn btn-primary" disabled={name.value.trim() === ''}>
            建群
          </button>
        </div>
      </form>
    </dialog>
  );
}

function Members(props: { readonly chosen: ReadonlySet<string>; choose(chosen: ReadonlySet<string>): void }) {
  const others = people.value.filter(({ openId }) => openId !== me.value);
  return (
    <fieldset class="new-group-members">
      <legend>还有谁（可以不选）</legend>
      {others.map(({ openId, name, part }) => (
        <label key={openId}>
          <input
            type="checkbox"
            checked={props.chosen.has(openId)}
            onChange={(event) => {
              const chosen = new Set(props.chosen);
              if (event.currentTarget.checked) chosen.add(openId);
              else chosen.delete(openId);
              props.choose(chosen);
            }}
          />
          {name} <small>{part}</small>
        </label>
      ))}
    </fieldset>
  );
}

async function create(group: { name: string; members: readonly string[]; close(): void }): Promise<void> {
  const { name, members, close } = group;
  try {
    const chat = await api.openGroup({ openId: me.value, name, members });
    noteChat(chat);
    close();
    enterChat(chat.chatId);
  } catch {
    toast('error', '群没有建成，请再试一次');
  }
}
