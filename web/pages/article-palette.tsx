/** The palette of the article page, which knows the other articles. */
import type { ComponentProps, ReactElement } from 'react';
import { useLibrary } from '#web/pages/queries.ts';
import { Palette } from '#web/panels/palette.tsx';

type PaletteProps = ComponentProps<typeof Palette>;
const none: PaletteProps['articles'] = [];

export function ArticlePalette(props: Omit<PaletteProps, 'articles'>): ReactElement {
  const library = useLibrary('');
  return <Palette {...props} articles={library.data?.articles ?? none} />;
}
