/** Two versions as text: in one column with what went and came, or in two beside each other. */
import { useState, type ReactElement } from 'react';
import type { BlockLook, ComparedBlock, Run } from '#core/sync/compare.ts';
import type { ComparisonAnswer } from '#core/sync/history.ts';
import { folded, rowsOf, type Line } from '#web/pages/history/fold.ts';
import style from '#web/pages/history/comparison.module.css';
import { classes } from '#web/ui/class-names.ts';
import { historyWords } from '#web/ui/history-words.ts';

const words = historyWords.compare;

/** The element that a change has, for moving to it. */
export const changeId = (index: number): string => `change-${index}`;

function Piece({ run }: { run: Run }): ReactElement {
  const text = run.note ? <sup>{words.note}</sup> : run.text;
  const look = classes(run.em && style.em, run.strong && style.strong, run.link && style.link);
  const inner = look === '' ? text : <span className={look}>{text}</span>;
  if (run.kind === 'kept') return <>{inner}</>;
  const hidden = run.kind === 'deleted' ? words.deleted : words.inserted;
  const Tag = run.kind === 'deleted' ? 'del' : 'ins';
  return (
    <Tag>
      <span className="hidden-text">{` ${hidden} `}</span>
      {inner}
    </Tag>
  );
}

const roleOf = ({ role, list }: BlockLook): string => (list ? 'list' : role);

const roleWord = (look: BlockLook): string => historyWords.roles[roleOf(look)] ?? roleOf(look);

/** A block's text without the runs of one kind. */
function Text({ block, without }: { block: ComparedBlock; without?: Run['kind'] }): ReactElement {
  const runs = block.runs.filter((run) => run.kind !== without);
  const look = without === 'inserted' ? (block.was ?? block.look) : block.look;
  const { cell, picture } = look;
  return (
    <>
      {picture !== undefined && (
        <p className={style.picture} dir="auto">
          {words.picture(picture)}
        </p>
      )}
      <p
        className={style.text}
        data-role={roleOf(look)}
        {...(cell?.header ? { 'data-header': '' } : {})}
        dir="auto"
      >
        {runs.map((run, i) => (
          <Piece key={i} run={run} />
        ))}
      </p>
    </>
  );
}

/** What the change of a block is, before its words; nothing when the words say it. */
function Told({ block }: { block: ComparedBlock }): ReactElement | null {
  const what = block.look.cell
    ? words.cell
    : block.look.role === 'figure'
      ? words.figure
      : words.paragraph;
  const text =
    block.change === 'inserted'
      ? what.in
      : block.change === 'deleted'
        ? what.out
        : block.was && roleWord(block.was) !== roleWord(block.look)
          ? words.restyled(roleWord(block.was), roleWord(block.look))
          : null;
  return text === null ? null : <span className={style.told}>{text}</span>;
}

function Unified({ line }: { line: Line & { kind: 'block' } }): ReactElement {
  const { block, change } = line;
  return (
    <div
      className={style.line}
      data-change={block.change}
      style={block.look.cell ? { flexGrow: block.look.cell.span } : undefined}
      {...(change === null ? {} : { id: changeId(change), tabIndex: -1 })}
    >
      <Told block={block} />
      <Text block={block} />
    </div>
  );
}

/** A line, or the cells of one row of a table side by side. */
function Row({ lines }: { lines: readonly Line[] }): ReactElement {
  const drawn = lines.map((line) =>
    line.kind === 'fold' ? (
      <Fold key={line.key} blocks={line.blocks} split={false} />
    ) : (
      <Unified key={line.key} line={line} />
    ),
  );
  const [first] = lines;
  const isTable = first?.kind === 'block' && first.block.look.cell !== undefined;
  return isTable ? <div className={style.row}>{drawn}</div> : <>{drawn}</>;
}

function Fold({ blocks, split }: { blocks: ComparedBlock[]; split: boolean }): ReactElement {
  const [open, setOpen] = useState(false);
  const button = (
    <button
      type="button"
      className={style.fold}
      aria-expanded={open}
      onClick={() => setOpen(!open)}
    >
      {words.folded(blocks.length)}
    </button>
  );
  const whole = blocks.map((block, i) => <Text key={i} block={block} />);
  if (!split)
    return (
      <>
        {button}
        {open && whole}
      </>
    );
  return (
    <>
      <tr>
        <td colSpan={2}>{button}</td>
      </tr>
      {open &&
        blocks.map((block, i) => (
          <tr key={i}>
            <td>
              <Text block={block} />
            </td>
            <td>
              <Text block={block} />
            </td>
          </tr>
        ))}
    </>
  );
}

function Split({ lines, answer }: { lines: Line[]; answer: ComparisonAnswer }): ReactElement {
  return (
    <table className={style.split} aria-label={words.region}>
      <thead>
        <tr>
          <th scope="col">{historyWords.version(answer.from)}</th>
          <th scope="col">{historyWords.version(answer.to)}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) =>
          line.kind === 'fold' ? (
            <Fold key={line.key} blocks={line.blocks} split />
          ) : (
            <tr
              key={line.key}
              data-change={line.block.change}
              {...(line.change === null ? {} : { id: changeId(line.change), tabIndex: -1 })}
            >
              <td>
                {line.block.change !== 'inserted' && <Text block={line.block} without="inserted" />}
              </td>
              <td>
                {line.block.change !== 'deleted' && (
                  <>
                    {line.block.change === 'changed' && <Told block={line.block} />}
                    <Text block={line.block} without="deleted" />
                  </>
                )}
              </td>
            </tr>
          ),
        )}
      </tbody>
    </table>
  );
}

export function Comparison({
  answer,
  split,
}: {
  answer: ComparisonAnswer;
  split: boolean;
}): ReactElement {
  const lines = folded(answer.blocks);
  return (
    <div className={style.sheet} lang={answer.language}>
      {split ? (
        <Split lines={lines} answer={answer} />
      ) : (
        rowsOf(lines).map((row) => <Row key={row[0]?.key} lines={row} />)
      )}
    </div>
  );
}
