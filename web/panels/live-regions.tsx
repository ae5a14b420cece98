/** What is spoken: own deeds at once, other people's in one sentence every five seconds, failing to save as an alert. */
import {
  createContext,
  use,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactElement,
  type ReactNode,
} from 'react';
import type { Review } from '#core/sync/review.ts';
import { newsBetween } from '#web/panels/news.ts';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { messages } from '#web/ui/messages.ts';
import { newsChoice } from '#web/ui/preferences.ts';

interface Voice {
  /** Speaks a sentence in the polite region of own deeds. */
  say(text: string): void;
  /** Speaks it and shows it as a notice for a while. */
  tell(text: string): void;
  /** The notice of the page itself; the session has its own. */
  told: string;
  forget(): void;
}

const silent = (): void => undefined;
const VoiceContext = createContext<Voice>({ say: silent, tell: silent, told: '', forget: silent });
const newsEvery = 5000;

export const useVoice = (): Voice => use(VoiceContext);

/** Speaks a sentence in the polite region of own deeds. */
export const useSay = (): ((text: string) => void) => useVoice().say;

export function LiveRegions({ children }: { children: ReactNode }): ReactElement {
  const fromSession = useSnapshot((snapshot) => snapshot.said);
  const failed = useSnapshot((snapshot) => snapshot.connection.kind === 'failed');
  const [own, setOwn] = useState('');
  const [spoken, setSpoken] = useState('');
  useEffect(() => setOwn(fromSession), [fromSession]);
  const [told, setTold] = useState('');
  const forget = useCallback(() => setTold(''), []);
  const voice = useMemo<Voice>(
    () => ({
      say: setOwn,
      tell: (text) => {
        setOwn(text);
        setTold(text);
      },
      told,
      forget,
    }),
    [told, forget],
  );
  useEffect(() => {
    // The same sentence twice in a row is two deeds: the region is emptied before, else it would stay silent.
    setSpoken('');
    const timer = setTimeout(() => setSpoken(own), 50);
    return () => clearTimeout(timer);
  }, [own]);
  return (
    <VoiceContext value={voice}>
      {children}
      <div role="status" className="hidden-text" data-region="own">
        {spoken}
      </div>
      <News />
      <div role="alert" className="hidden-text">
        {failed ? messages.connection.failed : ''}
      </div>
    </VoiceContext>
  );
}

function News(): ReactElement {
  const session = useSession();
  const [news, setNews] = useState('');
  const told = useRef<Review | null>(null);
  useEffect(() => {
    const timer = setInterval(() => {
      const { review, me, phase } = session.getSnapshot();
      if (phase !== 'ready') return;
      if (told.current && told.current !== review) {
        const choice = newsChoice();
        const sentences =
          choice === 'off' ? [] : newsBetween(told.current, review, me.id, choice === 'mine');
        if (sentences.length > 0) setNews(sentences.join(' '));
      }
      told.current = review;
    }, newsEvery);
    return () => clearInterval(timer);
  }, [session]);
  return (
    <div role="status" className="hidden-text" data-region="others">
      {news}
    </div>
  );
}
