import type { Rehearsal } from '../../../lib/rehearsal';
import { rehearse, scenarioNamed, type RehearseOptions } from '../../../lib/rehearsal/scenarios/rehearse';
import { SCENARIOS } from '../../../lib/rehearsal/scenarios/scenario';
import type { RunbookResult } from '../../../lib/runbook/contract';
import { define, type TopologyInput } from '../../../lib/topology';

const INPUT: TopologyInput = {
  name: 'orders',
  engine: { name: 'postgres', version: '17.6' },
  primary: 'ada',
  objectives: { lag: '5m', dataLoss: '10m' },
  members: {
    ada: { region: 'us-east-1', size: 'db.m7g.large', storage: { gib: 100 } },
    bab: { region: 'eu-west-1', replicaOf: 'ada', promotion: 1, key: 'create' },
    cyd: { region: 'us-east-1', replicaOf: 'ada', promotion: 2 },
  },
};

/** Plays a scenario on real servers, forty times as fast as time. */
export const play = (name: string, more: Partial<RehearseOptions> = {}): Promise<Rehearsal> =>
  rehearse(scenarioNamed(name, SCENARIOS), {
    topology: define(INPUT),
    scale: 40,
    // A copy of a little data: the usual quarter of an hour would only be waited for.
    timetable: { replicaCreation: 60 },
    ...more,
  });

/** Ids of the promises that were not kept. */
export const broken = ({ verdict }: Rehearsal): readonly string[] =>
  verdict.promises.flatMap(({ id, isKept }) => (isKept ? [] : id));

/** What the runbook answered last. */
export const resultOf = ({ runs }: Rehearsal): RunbookResult | undefined => runs.at(-1)?.result;
