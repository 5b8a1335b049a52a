import { scaleHere, type Rehearsal } from '../../../lib/rehearsal';
import { scenarioNamed } from '../../../lib/rehearsal/scenarios/catalogue';
import { QUICK, rehearse, type RehearseOptions } from '../../../lib/rehearsal/scenarios/rehearse';
import type { Scenario } from '../../../lib/rehearsal/scenarios/scenario';
import type { RunbookResult } from '../../../lib/runbook/contract';
import { define, type TopologyInput } from '../../../lib/topology';

export const INPUT: TopologyInput = {
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

let measured: Promise<number> | undefined;

/** Plays a scenario on real servers, as fast as this machine can now. */
export async function play(scenario: string | Scenario, more: Partial<RehearseOptions> = {}): Promise<Rehearsal> {
  const scale = more.scale ?? (await (measured ??= scaleHere()));
  const played = typeof scenario === 'string' ? scenarioNamed(scenario) : scenario;
  return rehearse(played, { topology: define(INPUT), ...QUICK, ...more, scale });
}

/** The promises that were not kept, and what was seen. */
export const brokenIn = ({ verdict }: Rehearsal): readonly string[] =>
  verdict.promises.flatMap(({ id, isKept, seen }) => (isKept ? [] : `${id}: ${seen}`));

/** Ids of the promises that were not kept. */
export const brokenIds = ({ verdict }: Rehearsal): readonly string[] =>
  verdict.promises.flatMap(({ id, isKept }) => (isKept ? [] : id));

/** What the runbook answered last. */
export const resultOf = ({ runs }: Rehearsal): RunbookResult | undefined => runs.at(-1)?.result;
