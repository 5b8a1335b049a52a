import type { Write } from '../clients/write-log';
import type { Band } from './report-schema';

export interface BandOptions {
  /** Of one client, in the order in which they ended. */
  readonly writes: readonly Write[];
  readonly isLost: (write: Write) => boolean;
  readonly memberOf: (host: string) => string;
  /** Milliseconds since 1970 to seconds of the rehearsal. */
  readonly at: (time: number) => number;
  /** Seconds: an interruption that is shorter is none, and writes that were lost are one time if they are no farther apart. */
  readonly resolution: number;
}

type Failed = Pick<Band, 'refused' | 'unknown'>;
const NO_FAILURE: Failed = { refused: 0, unknown: 0 };

/**
 * How one client fared, as few times in which it fared alike: no interruption longer than the resolution and no lost write is
 * left out, however many writes there are.
 */
export function bandOf(options: BandOptions): readonly Band[] {
  const { writes, at, resolution, memberOf } = options;
  const lostTimes = lostRuns(options);
  const bands: Band[] = [];
  let to = at(writes[0]?.sent ?? 0);
  let failed = NO_FAILURE;
  const silence = (until: number): void => {
    bands.push({ from: to, to: until, state: 'none', acknowledged: 0, lost: 0, ...failed });
    failed = NO_FAILURE;
  };
  for (const write of writes) {
    const { end, host } = write;
    if (end !== 'acknowledged') {
      failed = { ...failed, [end]: failed[end] + 1 };
      continue;
    }
    const [ended, member] = [at(write.ended), memberOf(host)];
    const state = lostTimes.has(write) ? ('lost' as const) : ('written' as const);
    const isBroken = ended - to > resolution;
    if (isBroken) silence(ended);
    const last = bands.at(-1);
    const isMore = last?.state === state && last.member === member;
    const band = isMore
      ? last
      : { ...NO_FAILURE, from: isBroken ? ended : to, state, member, acknowledged: 0, lost: 0 };
    bands.splice(isMore ? -1 : bands.length, 1, {
      ...band,
      to: ended,
      acknowledged: band.acknowledged + 1,
      lost: band.lost + (options.isLost(write) ? 1 : 0),
      refused: band.refused + failed.refused,
      unknown: band.unknown + failed.unknown,
    });
    failed = NO_FAILURE;
    to = ended;
  }
  const end = at(writes.at(-1)?.ended ?? 0);
  if (failed !== NO_FAILURE) silence(Math.max(to, end));
  return bands;
}

/** Writes that are lost, and those that are there but lie between two that the same server lost shortly after each other. */
function lostRuns({ writes, isLost, at, resolution }: BandOptions): ReadonlySet<Write> {
  const runs = new Set<Write>();
  let between: Write[] = [];
  let last: Write | undefined;
  for (const write of writes) {
    if (write.end !== 'acknowledged') continue;
    if (write.host !== last?.host) between = [];
    if (isLost(write)) {
      const isNear = last?.host === write.host && at(write.ended) - at(last.ended) <= resolution;
      for (const each of isNear ? between : []) runs.add(each);
      runs.add(write);
      between = [];
      last = write;
    } else if (write.host === last?.host) between.push(write);
    else last = undefined;
  }
  return runs;
}
