/** A list within one line, such as "7 suggestions, 6 facts": it breaks between its parts and never in one. */
import { Fragment, type ReactElement } from 'react';

/** `text` has its parts behind commas or points. */
export function Parts({ text }: { text: string }): ReactElement {
  return (
    <>
      {text.split(/(?<=[,·]) /).map((part, index) => (
        <Fragment key={part}>
          {index > 0 && ' '}
          <span className="unbroken">{part}</span>
        </Fragment>
      ))}
    </>
  );
}
