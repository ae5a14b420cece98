/** Where files are dropped or chosen, on the pages that read files. */
import { Upload } from 'lucide-react';
import { useRef, useState, type ReactElement, type ReactNode } from 'react';
import style from '#web/pages/drop-zone.module.css';
import { classes } from '#web/ui/class-names.ts';
import control from '#web/ui/control.module.css';

type OnFiles = (files: readonly File[]) => void;

/** The place itself, which shows that it takes what is held over it. */
export function DropZone({
  chosen = false,
  title,
  lead,
  onFiles,
  children,
}: {
  /** True once it holds a file: then it is a line with the name of the file. */
  chosen?: boolean;
  title: string;
  lead: string | null;
  onFiles: OnFiles;
  children: ReactNode;
}): ReactElement {
  const [over, setOver] = useState(false);
  return (
    <div
      className={classes(style.drop, chosen && style.chosen, over && style.over)}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      <p className={style.title} dir="auto">
        {title}
      </p>
      {lead !== null && <p className={style.lead}>{lead}</p>}
      {children}
    </div>
  );
}

/** The button that opens the system's own list of files. */
export function ChooseFiles({
  name,
  label,
  accept,
  multiple = false,
  strong,
  disabled = false,
  onFiles,
}: {
  /** What the field is called where it is read aloud. */
  name: string;
  label: string;
  accept: string;
  multiple?: boolean;
  /** Choosing is what the page waits for. */
  strong: boolean;
  disabled?: boolean;
  onFiles: OnFiles;
}): ReactElement {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={field}
        type="file"
        multiple={multiple}
        accept={accept}
        hidden
        aria-label={name}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // Emptied, so that the same file can be chosen again.
          event.target.value = '';
        }}
      />
      <button
        type="button"
        className={classes(control.button, strong && control.ink, control.tall)}
        disabled={disabled}
        onClick={() => field.current?.click()}
      >
        <Upload size={16} aria-hidden="true" />
        {label}
      </button>
    </>
  );
}
