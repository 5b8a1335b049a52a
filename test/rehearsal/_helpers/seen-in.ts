import type { Rehearsal } from '../../../lib/rehearsal';
import { resultOf } from './play';

const hostsOf = ({ writes }: Rehearsal): number =>
  new Set(writes.filter(({ end }) => end === 'acknowledged').map(({ host }) => host)).size;

const SEEN: Readonly<Record<string, (rehearsal: Rehearsal) => readonly unknown[]>> = {
  'planned-switchover': (each) => [each.verdict.lost.length, hostsOf(each), resultOf(each)?.findings.length],
  'primary-killed': (each) => [hostsOf(each), resultOf(each)?.fence?.outcome],
  'replication-broken': ({ verdict }) => [verdict.lost.length > 10],
  'metrics-late': ({ verdict, acts }) => [verdict.lost.length > 10, acts.at(-1)?.text],
  'region-cut-off': ({ verdict }) => [
    verdict.lost.length > 10,
    verdict.promises.find(({ id }) => id === 'one-writer')?.seen.replace(/^[1-9]\d+ /, ''),
  ],
  'api-throttled': ({ calls }) => [calls.counts.reduce((sum, { failed }) => sum + failed, 0) > 6],
  'answers-lost': ({ calls }) => [calls.mutations.filter(({ outcome, effect }) => effect && outcome !== 'ok').length],
  'two-operators': ({ verdict, reigns }) => [
    verdict.promises.flatMap(({ id, seen }) => (id === 'outcome' ? seen : [])).sort(),
    reigns.length,
  ],
  failback: ({ reigns }) => [reigns.length],
  'runbook-killed-in-promote': ({ runs }) => [
    runs.filter(({ event }) => event.mode !== 'plan').map(({ result }) => result?.outcome),
  ],
};
const EXPECTED: Readonly<Record<string, readonly unknown[]>> = {
  'planned-switchover': [0, 2, 0],
  'primary-killed': [2, 'proven'],
  'replication-broken': [true],
  'metrics-late': [true, 'its lag is told as usual, and what was held back at once'],
  'region-cut-off': [true, 'writes acknowledged by the old primary after the new one had begun; Ada took that risk'],
  'api-throttled': [true],
  'answers-lost': [3],
  'two-operators': [
    ['the run ended DONE; allowed is DONE or REFUSED', 'the run ended REFUSED; allowed is DONE or REFUSED'],
    2,
  ],
  failback: [3],
  'runbook-killed-in-promote': [[undefined, 'DONE']],
};

/** What has to be seen besides that every promise was kept, or the story was not the one that it says it is: as it is, and as it should be. */
export const seenIn = (name: string, rehearsal: Rehearsal): readonly unknown[] => SEEN[name]?.(rehearsal) ?? [];
export const expectedIn = (name: string): readonly unknown[] => EXPECTED[name] ?? [];
