/** The menu of a card, which is fetched when the first card comes into focus. */
import { lazy, Suspense, type ComponentProps, type ReactElement } from 'react';

const Menu = lazy(async () => ({
  default: (await import('#web/panels/card-menu.tsx')).CardMenu,
}));

export function CardMenu(props: ComponentProps<typeof Menu>): ReactElement {
  return (
    <Suspense fallback={null}>
      <Menu {...props} />
    </Suspense>
  );
}
