/** What a suggestion changes, as the card shows it: struck words and new words in the face of the text. */
import { Fragment, type ReactElement } from 'react';
import style from '#web/panels/card.module.css';
import { changeOf, sentenceOf, type Changed } from '#web/panels/sentence.ts';
import { messages } from '#web/ui/messages.ts';
import { wholeWords } from '#web/ui/whole-words.ts';

const from = '\u0001';
const to = '\u0002';

/** Puts elements where the words stand in a sentence of the catalogue, without its quotation marks. */
function filled(sentence: string, parts: Record<string, ReactElement>): ReactElement[] {
  return sentence
    .replaceAll(/[“”]/gu, '')
    .split(/([\u0001\u0002])/u)
    .map((piece, index) => <Fragment key={index}>{parts[piece] ?? piece}</Fragment>);
}

export function ChangeWords({ changed }: { changed: Changed }): ReactElement {
  const change = changeOf(changed);
  const { sentence } = messages;
  const del = (text: string): ReactElement => <del className={style.del}>{text}</del>;
  const ins = (text: string): ReactElement => <ins className={style.ins}>{text}</ins>;
  switch (change.is) {
    case 'replace':
      return (
        <>
          {filled(sentence.replace(from, to), { [from]: del(change.from), [to]: ins(change.to) })}
        </>
      );
    case 'insert':
      return <>{filled(sentence.insert(to), { [to]: ins(change.text) })}</>;
    case 'delete':
      return <>{filled(sentence.remove(from), { [from]: del(change.text) })}</>;
    case 'move':
      return <>{filled(sentence.move(to), { [to]: ins(change.text) })}</>;
    case 'whole': {
      const sign = change.whole.goes ? from : to;
      const parts = { [from]: del(change.text), [to]: ins(change.text) };
      return <>{filled(wholeWords.sentence(change.whole, change.text, sign), parts)}</>;
    }
    default:
      return <>{sentenceOf(changed)}</>;
  }
}
