/** What a card needs from the page around it. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { FieldValue } from './fields.ts';

export interface PersonRef {
  readonly openId: string;
  readonly name: string;
}

/** One press on a card: which component, what was chosen in it, and the form it sends. */
export interface Press {
  /** Where the component stands, e.g. `body.elements.2.columns.0.elements.1`. */
  readonly path: string;
  /** The option, date or text chosen in a component outside a form; whether a box was ticked. */
  readonly choice?: string | boolean | readonly string[];
  /** Only what the person changed, by component name. */
  readonly form?: Readonly<Record<string, FieldValue>>;
}

export interface CardHost {
  /** Unique for viewer and message: what was typed is kept under it. */
  readonly key: string;
  /** The people a person field offers. */
  readonly people: readonly PersonRef[];
  nameOf(openId: string): string;
  imageUrl(key: string): string;
  /** Resolves to `done` when the bot took it, to `refused` when what was typed must stay. */
  act(press: Press): Promise<'done' | 'refused'>;
}

const HostContext = createContext<CardHost>({
  key: '',
  people: [],
  nameOf: (openId) => openId,
  imageUrl: () => '',
  act: async () => 'refused',
});

export const HostProvider = HostContext.Provider;

export function useHost(): CardHost {
  return useContext(HostContext);
}
