import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { useDismiss } from './use-dismiss.ts';

export interface MenuItem {
  readonly label: string;
  readonly note?: string;
  readonly current?: boolean;
  act(): void | Promise<void>;
}

/** A button with a list of things to do. */
export function Menu(props: {
  readonly label: ComponentChildren;
  readonly title: string;
  readonly items: readonly MenuItem[];
}) {
  const open = useSignal(false);
  const place = useRef<HTMLDivElement>(null);
  const close = () => {
    open.value = false;
  };
  useDismiss({ place, active: open.value, close });
  return (
    <div class="menu" ref={place}>
      <button
        type="button"
        class="menu-button"
        title={props.title}
        aria-label={typeof props.label === 'string' && props.label.length === 1 ? props.title : undefined}
        aria-haspopup="menu"
        aria-expanded={open.value}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        {props.label}
      </button>
      {open.value && (
        <div class="menu-list" role="menu">
          {props.items.map((item) => (
            <button
              key={item.label}
              type="button"
              role="menuitem"
              class={item.current ? 'menu-item menu-current' : 'menu-item'}
              onClick={() => {
                close();
                void item.act();
              }}
            >
              <span>{item.label}</span>
              {item.note && <small>{item.note}</small>}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
