/** Sending several articles out: for whom, which reading, which format; the rest is told on a page of its own. */
import { useState, type ReactElement } from 'react';
import { useLocation } from 'wouter';
import type { Role } from '#core/annotate/audience.ts';
import { kindOf, presets, type Preset } from '#core/formats/send-out/presets.ts';
import { may } from '#core/sync/policy.ts';
import { post, problemOf } from '#web/pages/api.ts';
import { FieldError } from '#web/pages/form.tsx';
import { manyWords as words } from '#web/pages/many/words.ts';
import { CopyFields, nearest, type WantedCopy } from '#web/pages/send-out/copy-fields.tsx';
import { PresetList } from '#web/pages/send-out/preset-list.tsx';
import style from '#web/pages/send-out/send-out.module.css';
import { sendOutWords } from '#web/pages/send-out/words.ts';
import { Button } from '#web/ui/button.tsx';
import control from '#web/ui/control.module.css';
import { Dialog } from '#web/ui/dialog.tsx';

/** As many as the server takes. */
const most = 200;

/** What a role may send of the articles that it reads; the server asks again for each. */
const presetsOf = (role: Role): Preset[] =>
  presets.filter((preset) =>
    may(
      { userId: '', role, stage: 'desk', member: true, restricted: false, writer: false },
      kindOf(preset).right,
    ),
  );

const aboutOf = (preset: Preset): string =>
  preset === 'release' ? words.release : sendOutWords.about[preset];

export function ManyDialog({
  articleIds,
  role,
  onClose,
}: {
  articleIds: readonly string[];
  role: Role;
  onClose: () => void;
}): ReactElement {
  const [, navigate] = useLocation();
  const [wanted, setWanted] = useState<WantedCopy>({
    preset: 'working',
    view: null,
    format: 'docx',
  });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const asked = nearest(wanted);
  const isTooMany = articleIds.length > most;
  const start = async (): Promise<void> => {
    setBusy(true);
    setProblem('');
    try {
      const { id } = (await post('/api/send-outs', { articleIds, ...asked })) as { id: string };
      navigate(`/send-out/${encodeURIComponent(id)}`);
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  return (
    <Dialog open title={words.title(articleIds.length)} onClose={onClose} look={style.several}>
      <div className={style.form}>
        <p className={control.hint}>{words.lead}</p>
        <PresetList
          presets={presetsOf(role)}
          aboutOf={aboutOf}
          value={asked.preset}
          onChange={(preset) => setWanted({ ...wanted, preset })}
        />
        <CopyFields
          asked={asked}
          onChange={(change) => setWanted((was) => ({ ...was, ...change }))}
        />
        <div role="alert">
          {(problem !== '' || isTooMany) && (
            <FieldError text={isTooMany ? words.tooMany : problem} />
          )}
        </div>
        <div className={style.actions}>
          <Button onPress={onClose}>{sendOutWords.cancel}</Button>
          <Button look="ink" isDisabled={busy || isTooMany} onPress={() => void start()}>
            {busy ? words.starting : words.start}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
