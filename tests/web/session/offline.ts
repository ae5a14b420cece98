/** What tests of lost lines look at: the words of a text, the tray, a server out of reach. */
import type { Node } from 'prosemirror-model';
import { TextSelection } from 'prosemirror-state';
import type { ArticleSession } from '#web/session/article-session.ts';
import type { Wire } from '#tests/web/session/wire.ts';

export const words = (doc: Node): string => doc.textBetween(0, doc.content.size, '\n');
export const count = (text: string, token: string): number => text.split(token).length - 1;
export const trayOf = (session: ArticleSession): string =>
  session
    .getSnapshot()
    .unplaced.map(({ text }) => text)
    .join('\n');
export const cut = (wire: Wire): void => {
  wire.cut = true;
};
export const back = (wire: Wire): void => {
  wire.cut = false;
  wire.up();
};

/** Puts text at a random place of a block. */
export function typeSomewhere(session: ArticleSession, text: string, at: number): void {
  const { doc } = session.state;
  const $at = doc.resolve(1 + (at % (doc.content.size - 1)));
  session.dispatch(session.state.tr.setSelection(TextSelection.near($at)));
  session.dispatch(session.state.tr.insertText(text));
}
