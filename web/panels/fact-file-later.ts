/** The file of a fact, for cards that are drawn before it. */
import { later } from '#web/ui/later.tsx';

/** What is known of a fact, with its forms: the page fetches it at leisure. */
export const FactFile = later(async () => (await import('#web/panels/fact-file.tsx')).FactFile);
