import { readFileSync } from 'node:fs';

interface Segment {
  readonly id: string;
  readonly madeBy: number;
}

/** Every segment of shared memory on this machine. */
const segments = (): readonly Segment[] =>
  readFileSync('/proc/sysvipc/shm', 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .map(([, id = '', , , madeBy]) => ({ id, madeBy: Number(madeBy) }));

/** What another process left, whose number is in use again, was there before. */
const EARLIER: ReadonlySet<string> = new Set(segments().map(({ id }) => id));

/** Ids of the segments that these processes made. */
export const segmentsOf = (...pids: readonly number[]): readonly string[] =>
  segments().flatMap(({ id, madeBy }) => (pids.includes(madeBy) && !EARLIER.has(id) ? [id] : []));
