import { become, me, unreadTotal } from '../me.ts';
import { people } from '../world.ts';
import { Avatar, Badge } from './avatar.tsx';

/** Everybody one can be. */
export function PeoplePane() {
  return (
    <aside class="people" aria-label="扮演谁">
      <h2 class="pane-title">你现在扮演</h2>
      <ul>
        {people.value
          .filter(({ played }) => played)
          .map(({ openId, name, part }) => (
            <li key={openId}>
              <button
                type="button"
                class="person-row"
                aria-pressed={me.value === openId}
                onClick={() => become(openId)}
              >
                <Avatar name={name} />
                <span class="row-text">
                  <span class="row-name">{name}</span>
                  <span class="row-note">{part}</span>
                </span>
                <span class="row-side">
                  <Badge count={unreadTotal(openId)} />
                </span>
              </button>
            </li>
          ))}
      </ul>
      <p class="pane-hint">点一下就换成那个人。开两个浏览器标签，可以同时扮演两个人。</p>
    </aside>
  );
}
