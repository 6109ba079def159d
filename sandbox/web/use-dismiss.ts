import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** Closes something that lies over the page when a press lands elsewhere or Escape is hit. */
export function useDismiss(options: {
  readonly place: RefObject<HTMLElement | null>;
  readonly active: boolean;
  readonly close: () => void;
}): void {
  const { place, active, close } = options;
  useEffect(() => {
    if (!active) return;
    const elsewhere = (event: Event): void => {
      if (event.target instanceof Node && !place.current?.contains(event.target)) close();
    };
    const byKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') close();
    };
    document.addEventListener('pointerdown', elsewhere);
    document.addEventListener('keydown', byKey);
    return () => {
      document.removeEventListener('pointerdown', elsewhere);
      document.removeEventListener('keydown', byKey);
    };
  }, [active]);
}
