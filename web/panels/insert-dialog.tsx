/** The dialog that fits what is asked for. */
import type { ReactElement } from 'react';
import type { InsertAsk } from '#web/editor/picture-asks.ts';
import { DescribePicture } from '#web/panels/insert-description.tsx';
import { InsertPicture } from '#web/panels/insert-picture.tsx';
import { InsertTable } from '#web/panels/insert-table.tsx';

export function InsertDialog({
  ask,
  onClose,
}: {
  ask: InsertAsk;
  onClose: () => void;
}): ReactElement {
  switch (ask.what) {
    case 'picture':
      return <InsertPicture files={ask.files} onClose={onClose} />;
    case 'table':
      return <InsertTable onClose={onClose} />;
    case 'describe':
      return <DescribePicture pos={ask.pos} onClose={onClose} />;
  }
}
