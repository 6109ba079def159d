import { useEffect } from 'preact/hooks';
import '../style/chat.css';
import '../style/shell.css';
import { Drawer } from '../control/drawer.tsx';
import { Passed } from '../control/passed.tsx';
import { TopBar } from '../control/top-bar.tsx';
import { keepTrack, pane } from '../me.ts';
import { Story } from '../story/story.tsx';
import { Toasts } from '../toast.tsx';
import { connection, follow } from '../world.ts';
import { ChatList } from './chat-list.tsx';
import { ChatPane } from './chat-pane.tsx';
import { NewGroup } from './new-group.tsx';
import { PeoplePane } from './people-pane.tsx';
import { TabBar } from './tab-bar.tsx';

/** The work chat: chats, messages, people; one at a time on a phone. */
export function Page() {
  useEffect(() => {
    const stops = [keepTrack(), follow()];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  return (
    <div class={`shell pane-${pane.value}`}>
      <TopBar />
      <Story />
      {(connection.value === 'lost' || connection.value === 'restarting') && (
        <div class={`banner banner-${connection.value}`} role="alert">
          {connection.value === 'lost' ? '和沙箱的连接断了，正在重新连接…' : '正在重新开始，请稍等几秒…'}
        </div>
      )}
      <Passed />
      <Toasts />
      <div class="panes">
        <ChatList />
        <ChatPane />
        <PeoplePane />
      </div>
      <TabBar />
      <Drawer />
      <NewGroup />
    </div>
  );
}
