/** The palette of the article page, which knows the other articles: those due next, or those that hold what is typed. */
import { useDeferredValue, useState, type ComponentProps, type ReactElement } from 'react';
import { useLibrary } from '#web/pages/queries.ts';
import { Palette } from '#web/panels/palette.tsx';

type PaletteProps = ComponentProps<typeof Palette>;

export function ArticlePalette(props: Omit<PaletteProps, 'articles' | 'onWords'>): ReactElement {
  const [words, setWords] = useState('');
  const q = useDeferredValue(words.trim());
  const library = useLibrary({ q, stage: null, mine: false });
  const articles = library.data?.pages.flatMap((page) => page.articles) ?? [];
  return <Palette {...props} articles={articles} onWords={setWords} />;
}
