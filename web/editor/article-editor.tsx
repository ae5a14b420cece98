/** The sheet with the text. React makes the element and never draws inside it. */
import { useLayoutEffect, useRef } from 'react';
import type { TextEditor } from '#web/editor/text-editor.ts';
import '#web/editor/editor.css';
import '#web/editor/tables.css';
import '#web/editor/marks.css';
import '#web/editor/views.css';

export function ArticleEditor({ editor }: { editor: TextEditor }) {
  const sheet = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (sheet.current) return editor.mount(sheet.current);
  }, [editor]);
  return <div className="article-sheet" data-sheet="" ref={sheet} />;
}
