/**
 * What has been typed into forms and not been taken yet. Kept beside the cards, not in them: a card that is replaced, scrolled
 * away or refused must not cost anybody a word.
 */
import { type Signal, signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { FieldValue, FormField } from './fields.ts';

export interface FormState {
  /** Only what the person changed, by component name. */
  readonly values: Signal<Readonly<Record<string, FieldValue>>>;
  /** What has to be put right before the form can go, by component name. */
  readonly problems: Signal<Readonly<Record<string, string>>>;
}

const states = new Map<string, FormState>();

/** The state of one form of one message for one viewer. */
export function formState(key: string): FormState {
  const known = states.get(key);
  if (known !== undefined) return known;
  const made: FormState = { values: signal({}), problems: signal({}) };
  states.set(key, made);
  return made;
}

export function setField(state: FormState, change: { name: string; value: FieldValue }): void {
  state.values.value = { ...state.values.value, [change.name]: change.value };
  const { [change.name]: _put, ...rest } = state.problems.value;
  state.problems.value = rest;
}

export function clearForm(state: FormState): void {
  state.values.value = {};
  state.problems.value = {};
}

/** Forgets what was typed into fields that the card no longer has. */
export function pruneForm(state: FormState, fields: readonly FormField[]): void {
  const names = new Set(fields.map((field) => field.name));
  const kept = Object.entries(state.values.value).filter(([name]) => names.has(name));
  if (kept.length < Object.keys(state.values.value).length) state.values.value = Object.fromEntries(kept);
}

/** Empty required fields by name; an empty object when the form can go. */
export function problemsOf(state: FormState, fields: readonly FormField[]): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const field of fields) {
    const value = state.values.value[field.name] ?? field.initial;
    const empty =
      value === undefined || value === '' || value === false || (Array.isArray(value) && value.length === 0);
    if (field.required && empty) problems[field.name] = `请填写${field.label}`;
  }
  return problems;
}

export interface FormScope {
  readonly state: FormState;
  readonly fields: readonly FormField[];
  /** Sends the form on behalf of the button at `path`, or notes what is missing. */
  submit(path: string): Promise<void>;
  reset(): void;
}

const ScopeContext = createContext<FormScope | undefined>(undefined);

export const FormProvider = ScopeContext.Provider;

/** The form the component stands in; undefined outside of one. */
export function useForm(): FormScope | undefined {
  return useContext(ScopeContext);
}
