/** A field for a few words that grows as it fills. Mod+Enter posts, Esc leaves; unfinished words are kept by the page. */
import { CornerDownLeft } from 'lucide-react';
import { useEffect, useRef, useState, type ReactElement, type RefObject } from 'react';
import style from '#web/panels/card.module.css';
import { usePage } from '#web/panels/page-state.tsx';
import { IconButton } from '#web/ui/button.tsx';

const longest = 20_000;

/** Sets the height to that of the words. */
function grow(field: HTMLTextAreaElement | null): void {
  if (!field) return;
  field.style.blockSize = 'auto';
  field.style.blockSize = `${field.scrollHeight}px`;
}

/** A textarea that is one line high until it needs more. */
export function GrowingField({
  value,
  onChange,
  onPost,
  onLeave,
  label,
  placeholder,
  describedBy,
  fieldRef,
  autoFocus = false,
  invalid = false,
  maxLength = longest,
}: {
  value: string;
  onChange: (value: string) => void;
  onPost: () => void;
  onLeave: () => void;
  label: string;
  placeholder?: string;
  describedBy?: string;
  fieldRef?: RefObject<HTMLTextAreaElement | null>;
  autoFocus?: boolean;
  invalid?: boolean;
  maxLength?: number;
}): ReactElement {
  const own = useRef<HTMLTextAreaElement | null>(null);
  const ref = fieldRef ?? own;
  useEffect(() => grow(ref.current), [ref, value]);
  useEffect(() => {
    if (!autoFocus) return;
    ref.current?.focus({ preventScroll: true });
    ref.current?.select();
  }, [ref, autoFocus]);
  return (
    <textarea
      ref={ref}
      className={style.growing}
      rows={1}
      value={value}
      maxLength={maxLength}
      aria-label={label}
      aria-describedby={describedBy}
      aria-invalid={invalid || undefined}
      placeholder={placeholder}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
          event.preventDefault();
          onPost();
        } else if (event.key === 'Escape') {
          event.stopPropagation();
          onLeave();
        }
      }}
    />
  );
}

/** The reply field of a thread. `id` names the thread its unfinished words belong to. */
export function ReplyComposer({
  id,
  placeholder,
  label,
  postLabel,
  describedBy,
  onPost,
  onLeave,
}: {
  id: string;
  placeholder: string;
  label: string;
  postLabel: string;
  describedBy: string;
  onPost: (text: string) => void;
  onLeave: () => void;
}): ReactElement {
  const { drafts } = usePage();
  const [text, setText] = useState(() => drafts.get(id) ?? '');
  const change = (value: string): void => {
    setText(value);
    if (value === '') drafts.delete(id);
    else drafts.set(id, value);
  };
  const post = (): void => {
    if (text.trim() === '') return;
    onPost(text.trim());
    change('');
  };
  return (
    <div className={style.reply}>
      <GrowingField
        value={text}
        onChange={change}
        onPost={post}
        onLeave={onLeave}
        label={label}
        placeholder={placeholder}
        describedBy={describedBy}
      />
      <IconButton small label={postLabel} isDisabled={text.trim() === ''} onPress={post}>
        <CornerDownLeft size={15} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
