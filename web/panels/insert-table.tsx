/** Asks how large a table is to be, and puts it in. */
import { useState, type ReactElement } from 'react';
import { insertTable, isTable, maxRows } from '#web/editor/insert-table.ts';
import { insertWords as words } from '#web/panels/insert-words.ts';
import style from '#web/panels/insert.module.css';
import { useSession } from '#web/panels/use-session.ts';
import { maxColumns } from '#core/article/schema.ts';
import { Button } from '#web/ui/button.tsx';
import control from '#web/ui/control.module.css';
import { Dialog } from '#web/ui/dialog.tsx';

export function InsertTable({ onClose }: { onClose: () => void }): ReactElement {
  const session = useSession();
  const [rows, setRows] = useState('3');
  const [columns, setColumns] = useState('3');
  const [heads, setHeads] = useState(true);
  const [problem, setProblem] = useState(false);
  const number = (
    label: string,
    value: string,
    most: number,
    set: (value: string) => void,
  ): ReactElement => (
    <label className={control.field}>
      <span className={control.label}>{label}</span>
      <input
        className={control.input}
        type="number"
        inputMode="numeric"
        min={1}
        max={most}
        required
        value={value}
        aria-invalid={problem || undefined}
        onChange={(event) => set(event.target.value)}
      />
    </label>
  );
  return (
    <Dialog open title={words.tableTitle} onClose={onClose}>
      <form
        className={style.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const asked = { rows: Number(rows), columns: Number(columns), heads };
          if (!isTable(asked)) return setProblem(true);
          session.run(insertTable(asked, session.display.by));
          onClose();
        }}
      >
        <div className={style.sizes}>
          {number(words.rows, rows, maxRows, setRows)}
          {number(words.columns, columns, maxColumns, setColumns)}
        </div>
        <label className={style.check}>
          <input
            type="checkbox"
            checked={heads}
            onChange={(event) => setHeads(event.target.checked)}
          />
          <span>{words.heads}</span>
        </label>
        {problem && (
          <p role="alert" className={control.error}>
            {words.tableOdd}
          </p>
        )}
        <div className={style.actions}>
          <Button onPress={onClose}>{words.cancel}</Button>
          <Button type="submit" look="primary">
            {words.insertTable}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
