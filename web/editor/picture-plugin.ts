/** Pictures that are pasted or dropped as files, and figures that are pasted from other articles. */
import { Plugin, TextSelection } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { keptPicture } from '#core/article/picture.ts';
import { askInsert } from '#web/editor/picture-asks.ts';
import type { ArticleSession } from '#web/session/article-session.ts';

/** The pictures among what is pasted or dropped. Some programs put a picture of the words beside the words: then it is the words. */
function picturesIn(data: DataTransfer | null): File[] {
  const files = [...(data?.files ?? [])].filter(({ type }) => type.startsWith('image/'));
  if (files.length === 0 || (data?.getData('text/plain') ?? '').trim() !== '') return [];
  const words = (data?.getData('text/html') ?? '').replace(/<style[^]*?<\/style>|<[^>]*>/gi, ' ');
  return /[\p{L}\p{N}]/u.test(words.replace(/&\w+;/g, ' ')) ? [] : files;
}

/** The plugin. */
export function pictures(session: ArticleSession): Plugin {
  const take = (view: EditorView, event: Event, files: readonly File[]): boolean => {
    if (files.length === 0 || !view.editable) return false;
    event.preventDefault();
    askInsert({ what: 'picture', files });
    return true;
  };
  return new Plugin({
    props: {
      handleDOMEvents: {
        paste: (view, event) => take(view, event, picturesIn(event.clipboardData)),
        drop(view, event) {
          const files = picturesIn(event.dataTransfer);
          const place = view.posAtCoords({ left: event.clientX, top: event.clientY });
          if (files.length > 0 && place && view.editable)
            view.dispatch(
              view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(place.pos))),
            );
          return take(view, event, files);
        },
      },
      // A figure of another article brings its picture along, if one may see it there.
      transformPasted(slice) {
        const here = encodeURIComponent(session.review.article.id);
        slice.content.descendants((node) => {
          const kept = node.type.name === 'figure' ? keptPicture(String(node.attrs['src'])) : null;
          if (kept)
            void fetch(`/api/articles/${here}/assets/${kept.hash}`, { method: 'PUT' }).catch(
              () => undefined,
            );
          return false;
        });
        return slice;
      },
    },
  });
}
