import { UnderstudyError } from '../../../../topology';
import type { JournalRow, Lease } from '../../../execution/ports';
import { idOf } from '../firestore/documents';

/** Firestore takes documents of 1 MiB, names included. */
const LARGEST_ROW = 1_000_000;
const DIGITS = 6;

/** The collection of a run's rows: theirs alone, so that it is listed whole and in order. */
export const rowsPath = (root: string, runId: string): string => `${root}/run-${idOf(runId)}`;

export const rowPath = (root: string, runId: string, number: number): string =>
  `${rowsPath(root, runId)}/${String(number).padStart(DIGITS, '0')}`;

/** @throws UnderstudyError `row-refused` when it cannot be kept */
export function keptRow(
  { epoch, runId }: Lease,
  row: JournalRow,
): { readonly row: JournalRow; readonly epoch: number } {
  const { number } = row;
  const size = Buffer.byteLength(JSON.stringify(row));
  if (Number.isInteger(number) && number >= 1 && String(number).length <= DIGITS && size <= LARGEST_ROW) {
    return { row, epoch };
  }
  throw new UnderstudyError(
    'row-refused',
    `row ${number} of run ${runId} cannot be kept: it has ${size} bytes; allowed are rows 1 to 999999 of up to ${LARGEST_ROW} bytes; write less into one row, or begin another run`,
  );
}

/** @throws UnderstudyError `journal-damaged` when a row is missing or is none: nobody can tell what the run did */
export function journalIn(runId: string, documents: readonly { readonly value: unknown }[]): readonly JournalRow[] {
  return documents.map(({ value }, index) => {
    const { row } = value as { readonly row?: JournalRow };
    if (row?.number === index + 1) return row;
    const found = row === undefined ? 'no row can be read' : `stands row ${row.number}`;
    throw new UnderstudyError(
      'journal-damaged',
      `the journal of run ${runId} is damaged: where row ${index + 1} belongs, ${found}; somebody has changed the database; ` +
        'look there, and at the databases, before anything else is done',
      { family: 'unknown' },
    );
  });
}
