/** Puts pictures into the text, one after another: each is sent while its words are written. */
import { ImagePlus } from 'lucide-react';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { keptPicture } from '#core/article/picture.ts';
import { insertPicture } from '#web/editor/picture-insert.ts';
import { AltField } from '#web/panels/insert-description.tsx';
import { sendPicture, type Upload } from '#web/panels/insert-upload.ts';
import { insertWords as words } from '#web/panels/insert-words.ts';
import style from '#web/panels/insert.module.css';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { Button } from '#web/ui/button.tsx';
import control from '#web/ui/control.module.css';
import { Dialog } from '#web/ui/dialog.tsx';

const kinds = 'image/png,image/jpeg,image/gif,image/webp';

export function InsertPicture({
  files: given,
  onClose,
}: {
  files: readonly File[];
  onClose: () => void;
}): ReactElement {
  const [files, setFiles] = useState(given);
  const [at, setAt] = useState(0);
  const file = files[at] ?? null;
  const title = files.length > 1 ? words.pictureOf(at + 1, files.length) : words.pictureTitle;
  return (
    <Dialog open title={title} onClose={onClose}>
      <OnePicture
        key={at}
        file={file}
        onChoose={(chosen) => setFiles([...files.slice(0, at), ...chosen, ...files.slice(at + 1)])}
        onClose={onClose}
        onDone={() => (at + 1 < files.length ? setAt(at + 1) : onClose())}
      />
    </Dialog>
  );
}

/** What becomes of a file: sent as soon as it is there, refused when nothing can be sent. */
function useUpload(file: File | null): Upload | null {
  const session = useSession();
  const isOffline = useSnapshot(({ connection }) => connection.kind === 'offline');
  const [upload, setUpload] = useState<Upload | null>(null);
  const offline = useRef(isOffline);
  offline.current = isOffline;
  useEffect(() => {
    setUpload(null);
    if (!file) return;
    if (offline.current) return setUpload({ state: 'refused', why: words.offline });
    return sendPicture(session.review.article.id, file, setUpload);
  }, [session, file]);
  return upload;
}

/** The picture itself, as it is on this device; a policy of the page forbids other ways to show it. */
function useShown(file: File | null): string | null {
  const [shown, setShown] = useState<string | null>(null);
  useEffect(() => {
    setShown(null);
    if (!file) return;
    const reader = new FileReader();
    reader.addEventListener('load', () =>
      setShown(typeof reader.result === 'string' ? reader.result : null),
    );
    reader.readAsDataURL(file);
    return () => reader.abort();
  }, [file]);
  return shown;
}

function OnePicture({
  file,
  onChoose,
  onClose,
  onDone,
}: {
  file: File | null;
  onChoose: (files: readonly File[]) => void;
  onClose: () => void;
  onDone: () => void;
}): ReactElement {
  const session = useSession();
  const upload = useUpload(file);
  const shown = useShown(file);
  const [alt, setAlt] = useState('');
  const [caption, setCaption] = useState('');
  const there = upload?.state === 'there' ? upload.src : null;
  const refused = upload?.state === 'refused' ? upload.why : null;
  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (there === null) return;
        session.run(insertPicture({ src: there, alt, caption }, session.display.by));
        onDone();
      }}
    >
      {file && refused === null ? (
        <Preview shown={shown} src={there} name={file.name} />
      ) : (
        <Choose label={refused === null ? words.choose : words.another} onChoose={onChoose} />
      )}
      {refused !== null && (
        <p role="alert" className={control.error}>
          {refused}
        </p>
      )}
      {upload && refused === null && <Progress upload={upload} />}
      {file && refused === null && (
        <>
          <AltField value={alt} onChange={setAlt} />
          <label className={control.field}>
            <span className={control.label}>{words.caption}</span>
            <input
              className={control.input}
              type="text"
              dir="auto"
              value={caption}
              onChange={(event) => setCaption(event.target.value)}
            />
          </label>
        </>
      )}
      <div className={style.actions}>
        <Button onPress={onClose}>{words.cancel}</Button>
        <Button type="submit" look="primary" isDisabled={there === null}>
          {words.insert}
        </Button>
      </div>
    </form>
  );
}

function Choose({
  label,
  onChoose,
}: {
  label: string;
  onChoose: (files: readonly File[]) => void;
}): ReactElement {
  const take = (list: FileList | null): void => {
    if (list && list.length > 0) onChoose([...list]);
  };
  return (
    <label
      className={style.choose}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        take(event.dataTransfer.files);
      }}
    >
      <ImagePlus size={22} aria-hidden="true" />
      <span className={control.label}>{label}</span>
      <span className={control.hint}>{words.kinds}</span>
      <input
        type="file"
        multiple
        accept={kinds}
        className="hidden-text"
        onChange={(event) => take(event.target.files)}
      />
    </label>
  );
}

function Preview({
  shown,
  src,
  name,
}: {
  shown: string | null;
  src: string | null;
  name: string;
}): ReactElement {
  const size = src === null ? null : (keptPicture(src)?.size ?? null);
  return (
    <div className={style.preview}>
      {shown !== null && <img src={shown} alt="" />}
      <p className={control.hint} dir="auto">
        {name}
        {size && ` · ${size.width} × ${size.height}`}
      </p>
    </div>
  );
}

function Progress({ upload }: { upload: Upload }): ReactElement {
  const percent = upload.state === 'sending' ? upload.percent : null;
  const says = percent === null ? words.there : words.uploading(percent);
  return (
    <div className={style.progress}>
      {percent !== null && <progress max={100} value={percent} aria-label={says} />}
      <span role="status" className={control.hint}>
        {says}
      </span>
    </div>
  );
}
