/** Sending a copy out: for whom, which reading, which format; what it holds, how it looks, what holds it back. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { SendOutAnswer } from '#core/formats/send-out/answers.ts';
import type { Gate } from '#core/formats/send-out/gate.ts';
import type { AskedCopy, Preset } from '#core/formats/send-out/presets.ts';
import { FieldError } from '#web/pages/form.tsx';
import { CopyFields, nearest, type WantedCopy } from '#web/pages/send-out/copy-fields.tsx';
import { GateReasons } from '#web/pages/send-out/gate-reasons.tsx';
import { PresetList } from '#web/pages/send-out/preset-list.tsx';
import {
  fetchContents,
  fetchSendOut,
  GateClosed,
  previewAddress,
  sendCopy,
} from '#web/pages/send-out/requests.ts';
import style from '#web/pages/send-out/send-out.module.css';
import { SentBefore } from '#web/pages/send-out/sent-before.tsx';
import { sendOutWords as words } from '#web/pages/send-out/words.ts';
import { Button } from '#web/ui/button.tsx';
import control from '#web/ui/control.module.css';
import { Dialog } from '#web/ui/dialog.tsx';
import { messages } from '#web/ui/messages.ts';
import { useFits } from '#web/pages/use-fits.ts';

export function SendOutDialog({
  articleId,
  rev,
  onGo,
  onClose,
  onDone,
}: {
  articleId: string;
  /** The version on the screen; a newer one asks again. */
  rev: number;
  onGo: (annotationId: string) => void;
  onClose: () => void;
  onDone: (sentence: string) => void;
}): ReactElement {
  const answer = useQuery({
    queryKey: ['send-out', articleId, rev],
    queryFn: () => fetchSendOut(articleId),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  return (
    <Dialog open title={words.title} onClose={onClose} look={style.dialog}>
      {answer.isError && <FieldError text={answer.error.message} />}
      {answer.isPending && (
        <p className={control.hint} role="status">
          {messages.page.loading}
        </p>
      )}
      {answer.data && (
        <Form
          articleId={articleId}
          answer={answer.data}
          onGo={onGo}
          onClose={onClose}
          onDone={onDone}
        />
      )}
    </Dialog>
  );
}

function Form({
  articleId,
  answer,
  onGo,
  onClose,
  onDone,
}: {
  articleId: string;
  answer: SendOutAnswer;
  onGo: (annotationId: string) => void;
  onClose: () => void;
  onDone: (sentence: string) => void;
}): ReactElement {
  const [wanted, setWanted] = useState<WantedCopy>({
    preset: 'working',
    view: null,
    format: 'docx',
  });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  // What the server said when it refused; a newer answer takes its place.
  const [refused, setRefused] = useState<{ gate: Gate; by: SendOutAnswer } | null>(null);
  const isWide = useFits('(min-width: 900px)');
  const asked = nearest(wanted);
  const { preset, view, format } = asked;
  const gate = refused?.by === answer ? refused.gate : answer.gate;
  const isHeld = preset === 'release' && gate.open > 0;
  const contents = useQuery({
    queryKey: ['send-out-contents', articleId, answer.rev, preset, view, format],
    queryFn: () => fetchContents(articleId, asked),
    placeholderData: keepPreviousData,
  });
  const choose = (change: Partial<AskedCopy>): void => {
    setProblem('');
    setWanted((was) => ({ ...was, ...change }));
  };
  const send = async (): Promise<void> => {
    setBusy(true);
    setProblem('');
    try {
      const { fileName } = await fetchContents(articleId, asked);
      await sendCopy(articleId, asked, fileName);
      onDone(words.done(fileName));
    } catch (error) {
      if (error instanceof GateClosed) setRefused({ gate: error.gate, by: answer });
      setProblem(error instanceof Error ? error.message : messages.signIn.unreachable);
      setBusy(false);
    }
  };
  return (
    <div className={style.columns}>
      <div className={style.form}>
        <PresetList
          presets={answer.presets}
          aboutOf={(one) => aboutOf(one, gate, answer.writer)}
          isHeld={gate.open > 0}
          value={preset}
          onChange={(next) => choose({ preset: next })}
        />
        <CopyFields asked={asked} onChange={choose} />
        {isHeld ? (
          <GateReasons gate={gate} articleId={articleId} onGo={onGo} />
        ) : (
          <div className={style.holds}>
            <p role="status">
              {contents.data ? words.holds(preset, contents.data) : words.counting}
              {contents.data && contents.data.notShown > 0 && (
                <> {words.notShown(contents.data.notShown)}</>
              )}
            </p>
            {contents.isError && <FieldError text={contents.error.message} />}
          </div>
        )}
        <SentBefore sendings={answer.sendings} />
        <div role="alert">{problem !== '' && <FieldError text={problem} />}</div>
        <div className={style.actions}>
          <Button onPress={onClose}>{words.cancel}</Button>
          <Button look="ink" isDisabled={busy || isHeld} onPress={() => void send()}>
            {busy ? words.sending : words.send(format)}
          </Button>
        </div>
      </div>
      {isWide && (
        <div className={style.preview}>
          <h3>{words.preview}</h3>
          <iframe
            title={words.previewTitle}
            src={previewAddress(articleId, asked, answer.rev)}
            sandbox=""
          />
        </div>
      )}
    </div>
  );
}

function aboutOf(preset: Preset, gate: Gate, writer: string | null): string {
  if (preset === 'release') return words.gate(gate.open);
  if (preset === 'writer' && writer !== null) return words.theWriter(writer);
  return words.about[preset];
}
