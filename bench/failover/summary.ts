import type { Contestant, Sample } from './contestant';

/** What a contestant has shown in all of its runs. */
export interface Result {
  readonly contestant: Pick<Contestant, 'name' | 'kind' | 'isOurs' | 'note'>;
  /** Empty: it was not installed. */
  readonly samples: readonly Sample[];
}

/** One sentence about a ratio, and whether it is as it should be. */
export interface Judgement {
  readonly sentence: string;
  /** Undefined: there is nothing to hold it against. */
  readonly isMet?: boolean;
}

/** What ours may take, in times of what the best of the others takes. */
export const AIMS = { planned: 0.5, unplanned: 10 } as const;

/** @throws RangeError of nothing */
export function median(numbers: readonly number[]): number {
  if (numbers.length === 0) throw new RangeError('there is no median of nothing');
  const sorted = numbers.toSorted((a, b) => a - b);
  const [low = 0, high = 0] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]];
  return (low + high) / 2;
}

const timesOf = ({ samples }: Result): readonly number[] => samples.map(({ milliseconds }) => milliseconds);
const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
const rounded = (milliseconds: number): string => String(Math.round(milliseconds));

/** The lines of a table: medians, in times of the limit, and what was lost. */
export function tableOf(results: readonly Result[]): readonly string[] {
  const limit = medianOf(results, ({ kind }) => kind === 'limit');
  const rows = results
    .filter(({ samples }) => samples.length > 0)
    .map((result) => {
      const { contestant, samples } = result;
      const times = timesOf(result);
      const waited = samples.flatMap((sample) => sample.waited ?? []);
      return [
        contestant.name,
        rounded(median(times)),
        `${rounded(Math.min(...times))}-${rounded(Math.max(...times))}`,
        limit === undefined ? '' : (median(times) / limit).toFixed(1),
        `${sum(samples.map(({ lost }) => lost))} of ${sum(samples.map(({ acknowledged }) => acknowledged))}`,
        waited.length === 0 ? '' : `${(median(waited) / 1000).toFixed(1)} s`,
        contestant.note,
      ];
    });
  const head = ['', 'median ms', 'spread', 'x limit', 'writes lost', 'dead before', 'what it does'];
  return aligned([head, ...rows]);
}

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const isText = column === 0 || column === row.length - 1;
        return isText ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
      })
      .join('  ')
      .trimEnd(),
  );
}

/** How ours stands to the others: the better switchover, and a promotion that fences nothing. */
export function judged(results: readonly Result[]): readonly Judgement[] {
  const planned = judgement(results, 'planned', AIMS.planned, 'the better switchover');
  const unplanned = judgement(
    results,
    'unplanned',
    AIMS.unplanned,
    'the fastest promotion of a standby whose primary is dead',
  );
  const lost = results.filter(({ contestant: { isOurs, kind } }) => isOurs && kind === 'planned');
  const count = sum(lost.flatMap(({ samples }) => samples.map((sample) => sample.lost)));
  const isKept = { sentence: `planned: ${count} acknowledged writes lost; aim: none`, isMet: count === 0 };
  return [planned, unplanned, ...(lost.length === 0 ? [] : [isKept])];
}

function judgement(results: readonly Result[], kind: 'planned' | 'unplanned', aim: number, whom: string): Judgement {
  const ours = medianOf(results, (each) => each.isOurs && each.kind === kind);
  const best = medianOf(results, (each) => !each.isOurs && each.kind === kind);
  const limit = medianOf(results, (each) => each.kind === 'limit');
  if (ours === undefined) return { sentence: `${kind}: not measured` };
  const distance = limit === undefined ? '' : `; the limit: ${(ours / limit).toFixed(1)} x`;
  if (best === undefined) return { sentence: `${kind}: nobody is there to be compared with${distance}` };
  const ratio = ours / best;
  const is = `${ratio.toFixed(2)} x ${whom}; aim: at most ${aim} x`;
  return { sentence: `${kind}: ${is}${distance}`, isMet: ratio <= aim };
}

/** The smallest median of those. */
function medianOf(
  results: readonly Result[],
  isMeant: (contestant: Result['contestant']) => boolean,
): number | undefined {
  const medians = results
    .filter(({ contestant, samples }) => isMeant(contestant) && samples.length > 0)
    .map((result) => median(timesOf(result)));
  return medians.length === 0 ? undefined : Math.min(...medians);
}
