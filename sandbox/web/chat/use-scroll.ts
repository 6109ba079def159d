/** Following new messages without pulling the page away from somebody who reads or types further up. */
import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Message } from '../api.ts';
import { me } from '../me.ts';

/** Near enough to the end to follow. */
const NEAR_END_PX = 160;
const MARGIN_PX = 8;

interface Scroll {
  readonly place: RefObject<HTMLDivElement | null>;
  /** There is something below that has not been in sight. */
  readonly newer: boolean;
  onScroll(): void;
  toEnd(): void;
}

export function useScroll(chat: { readonly place: string; readonly last: Message | undefined }): Scroll {
  const place = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const newer = useSignal(false);
  const { last } = chat;

  /** To the newest message: to its head when it is taller than the window. */
  function toEnd(): void {
    const box = place.current;
    const row = box?.querySelector<HTMLElement>('[data-row]:last-of-type');
    if (box == null) return;
    const end = box.scrollHeight - box.clientHeight;
    const head = row == null ? end : row.offsetTop - MARGIN_PX;
    box.scrollTop = Math.min(end, head);
    follows.current = true;
    newer.value = false;
  }

  useLayoutEffect(toEnd, [chat.place]);
  useLayoutEffect(() => {
    if (follows.current || last?.senderOpenId === me.peek()) toEnd();
    else newer.value = true;
  }, [last?.messageId]);

  return {
    place,
    newer: newer.value,
    toEnd,
    onScroll() {
      const box = place.current;
      if (box === null) return;
      const row = box.querySelector<HTMLElement>('[data-row]:last-of-type');
      const left = box.scrollHeight - box.scrollTop - box.clientHeight;
      // A tall card is followed while its head is in sight.
      follows.current = left < NEAR_END_PX || (row !== null && box.scrollTop >= row.offsetTop - NEAR_END_PX);
      if (follows.current) newer.value = false;
    },
  };
}
