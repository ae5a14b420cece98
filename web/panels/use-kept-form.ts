/** A form whose fields are kept on the device from the first letter on, until it is sent or put away. */
import { createContext, use, useState } from 'react';
import type { KeptDrafts } from '#web/session/kept-drafts.ts';
import type { Form } from '#web/session/unfinished.ts';

const DraftsContext = createContext<KeptDrafts | null>(null);

/** Gives what is half written on an article to everything inside. */
export const DraftsProvider = DraftsContext.Provider;

/** What is half written on the article of this page. */
export function useDrafts(): KeptDrafts {
  const drafts = use(DraftsContext);
  if (!drafts) throw new Error('There is no article around this component.');
  return drafts;
}

export interface KeptForm<T extends Form> {
  form: T;
  change(fields: Partial<T>): void;
  /** The form was sent, or its words are not wanted. */
  forget(): void;
}

/** The form under a key, begun with `initial` where nothing of it is kept. Fields that are what they were keep nothing. */
export function useKeptForm<T extends Form>(key: string, initial: T): KeptForm<T> {
  const drafts = useDrafts();
  const [begun] = useState(initial);
  const [form, setForm] = useState<T>(() => ({ ...begun, ...drafts.form(key) }));
  return {
    form,
    change(fields) {
      const next = { ...form, ...fields };
      setForm(next);
      if (Object.entries(begun).every(([name, value]) => next[name] === value)) drafts.delete(key);
      else drafts.setForm(key, next);
    },
    forget: () => void drafts.delete(key),
  };
}
