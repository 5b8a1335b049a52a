import { UnderstudyError } from '../../../../topology';
import type { JournalRow, Lease } from '../../../execution/ports';
import type { Item } from './dynamo-table';

/** DynamoDB takes items of 400 KB, names included. */
const LARGEST_ROW = 380 * 1024;
const DIGITS = 6;

/** A run's id may be any text: what separates the parts must not be in it. */
export const rowsOf = (runId: string): string => `run#${encodeURIComponent(runId)}#`;

export const rowKey = (runId: string, number: number): string =>
  `${rowsOf(runId)}${String(number).padStart(DIGITS, '0')}`;

/** @throws UnderstudyError `row-refused` when it cannot be kept */
export function itemOfRow({ epoch, runId }: Lease, row: JournalRow): Item {
  const { number } = row;
  if (!Number.isInteger(number) || number < 1 || String(number).length > DIGITS) {
    throw refused(runId, number, `its number is ${number}; allowed are 1 to 999999; begin another run`);
  }
  const text = JSON.stringify(row);
  const size = Buffer.byteLength(text);
  if (size > LARGEST_ROW) {
    throw refused(runId, number, `it has ${size} bytes; allowed are ${LARGEST_ROW}; write less into one row`);
  }
  return { row: { S: text }, at: { N: String(row.at) }, type: { S: row.type }, epoch: { N: String(epoch) } };
}

const refused = (runId: string, number: number, why: string): UnderstudyError =>
  new UnderstudyError('row-refused', `row ${number} of run ${runId} cannot be kept: ${why}`);

/** @throws UnderstudyError `journal-damaged` when a row is missing or is none: nobody can tell what the run did */
export function rowsIn(runId: string, items: readonly Item[]): readonly JournalRow[] {
  return items.map(({ row }, index) => {
    const read = parsed(row?.S);
    if (read?.number === index + 1) return read;
    const found = read === undefined ? 'no row can be read' : `stands row ${read.number}`;
    throw new UnderstudyError(
      'journal-damaged',
      `the journal of run ${runId} is damaged: where row ${index + 1} belongs, ${found}; somebody has changed the table; ` +
        'look there, and at the databases, before anything else is done',
      { family: 'unknown' },
    );
  });
}

function parsed(text: string | undefined): JournalRow | undefined {
  try {
    return JSON.parse(text ?? '') as JournalRow;
  } catch {
    return undefined;
  }
}
