import { resultOf } from './results';
import { broken, LOST, scene } from '../../runbook/_helpers/scene';
import type { Observation } from '../../../lib/runbook/decision';
import type { RunbookEvent, RunbookResult } from '../../../lib/runbook/contract';
import type { JournalEntry } from '../../../lib/runbook/execution/ports';
import type { TopologyInput } from '../../../lib/topology';

/** As in the first example of the package: four members in two Regions. */
const INPUT: TopologyInput = {
  name: 'orders',
  engine: { name: 'postgres', version: '17.6' },
  primary: 'virginia-a',
  objectives: { lag: '30s', dataLoss: '1m', recovery: { member: '10m', region: '30m' } },
  heartbeat: '10s',
  members: {
    'virginia-a': {
      region: 'us-east-1',
      size: 'db.r7g.large',
      storage: { gib: 200 },
      standby: 'multi-az',
      key: 'create',
      promotion: 1,
    },
    'virginia-reports': { region: 'us-east-1', replicaOf: 'virginia-a', promotion: 'never' },
    'dublin-a': { region: 'eu-west-1', replicaOf: 'virginia-a', key: 'create', promotion: 2 },
    'dublin-b': { region: 'eu-west-1', replicaOf: 'dublin-a', promotion: 3 },
  },
};

/** All is well. */
export const WELL: Observation = scene({}, {}, INPUT);

/** Virginia does not answer any more; nothing proves that its primary has stopped. */
export const GONE: Observation = scene(
  {
    'virginia-a': { ...LOST, controlPlane: 'unreachable', stoppedAt: undefined },
    'virginia-reports': { controlPlane: 'unreachable', dataPlane: 'unknown', samples: [] },
    'dublin-a': broken(310, 4),
    'dublin-b': broken(310, 6),
  },
  {},
  INPUT,
);

/** What a person accepts who lets Virginia go. */
export const ACCEPTED: Partial<RunbookEvent> = {
  acceptDataLoss: 720,
  acceptSplitBrainRisk: { by: 'Ada', reason: 'the cable is cut' },
};

/** The rows of a run that goes through these phases well. */
export function passed(
  ...phases: readonly Extract<JournalEntry, { type: 'phase ended' }>['phase'][]
): readonly JournalEntry[] {
  return phases.map((phase) => ({ type: 'phase ended', phase, signal: 'ok' }));
}

/** A switchover that ended well. */
export function switchedOver(event: RunbookEvent): RunbookResult {
  return resultOf(event, WELL, [
    { type: 'fenced', fence: { outcome: 'proven', reason: 'it is frozen; its position stands still' } },
    ...passed('fence', 'catch-up', 'promote', 'confirm', 'restore', 'repoint', 'rebuild', 'report'),
    { type: 'ended', outcome: 'DONE' },
  ]);
}
