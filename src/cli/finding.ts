/** One line of `doctor`. */
export interface Finding {
  /** `fault`: the program cannot do its work as it is. Shown like a note, but the exit code tells. */
  readonly level: 'ok' | 'note' | 'fault';
  /** 「topic：what」, and what to do about it. */
  readonly text: string;
}

const DAY_MS = 86_400_000;

/** 刚才, or how many days, hours or minutes ago. */
export function agoWords(ms: number): string {
  if (ms >= DAY_MS) return `${Math.floor(ms / DAY_MS)} 天前`;
  if (ms >= 3_600_000) return `${Math.floor(ms / 3_600_000)} 小时前`;
  return ms >= 60_000 ? `${Math.floor(ms / 60_000)} 分钟前` : '刚才';
}
