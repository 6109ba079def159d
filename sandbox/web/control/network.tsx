import { signal } from '@preact/signals';
import { api } from '../api.ts';
import { Menu } from '../menu.tsx';
import { toast } from '../toast.tsx';

interface Mode {
  readonly label: string;
  readonly note: string;
  readonly faults: Readonly<Record<string, unknown>>;
}

/** A fault lasts for so many calls, or until 正常. */
const MANY = 100;
const FEW = 10;

const modes: readonly Mode[] = [
  { label: '正常', note: '', faults: {} },
  { label: '很慢', note: '每次多等2.5秒', faults: { slowCalls: MANY } },
  { label: '限流', note: '平台说“太快了”', faults: { rateLimit: FEW } },
  { label: '平台故障', note: '一律 502', faults: { serverErrors: MANY } },
  { label: '断线', note: '连接被切断', faults: { dropConnections: MANY, dropWebsockets: true } },
  { label: '装死', note: '连着，但什么都不来', faults: { playDead: true } },
  { label: '第二个实例', note: '别的程序收走一半', faults: { otherInstance: 'some' } },
  { label: '重复推送', note: '每个事件来两次', faults: { duplicateEvents: 'newEventId' } },
];
const current = signal('正常');

/** Troubles of the network, to see that nothing is lost or done twice. */
export function Network() {
  return (
    <Menu
      title="网络状况"
      label={`网络：${current.value}`}
      items={modes.map((mode) => ({
        label: mode.label,
        note: mode.note,
        current: mode.label === current.value,
        act: () => choose(mode),
      }))}
    />
  );
}

async function choose(mode: Mode): Promise<void> {
  try {
    await api.faults({ clear: true });
    if (mode.label !== '正常') await api.faults(mode.faults);
    current.value = mode.label;
    toast('info', mode.label === '正常' ? '网络恢复正常' : `网络：${mode.label}。发的消息会晚到，但不会丢、不会重`);
  } catch {
    toast('error', '没有设置成功，请稍后再试');
  }
}
