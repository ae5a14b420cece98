/** The icon of a kind of annotation in its colour: the third channel beside colour and line. */
import { MessageSquareText, PenLine, SearchCheck } from 'lucide-react';
import type { ReactElement } from 'react';
import style from '#web/ui/kind-icon.module.css';

export type Kind = 'comment' | 'fact' | 'suggestion';
const icons = { comment: MessageSquareText, fact: SearchCheck, suggestion: PenLine };

export function KindIcon({ kind, size = 16 }: { kind: Kind; size?: number }): ReactElement {
  const Icon = icons[kind];
  return <Icon size={size} aria-hidden="true" className={style[kind]} />;
}
