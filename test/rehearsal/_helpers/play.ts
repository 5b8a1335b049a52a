import { scaleHere, type Rehearsal } from '../../../lib/rehearsal';
import { scenarioNamed } from '../../../lib/rehearsal/scenarios/catalogue';
import { QUICK, rehearse, type RehearseOptions } from '../../../lib/rehearsal/scenarios/rehearse';
import type { Scenario } from '../../../lib/rehearsal/scenarios/scenario';
import type { RehearsedRun } from '../../../lib/rehearsal/scenarios/rehearsal';
import type { RunbookResult } from '../../../lib/runbook/contract';
import type { JournalRow } from '../../../lib/runbook/execution/ports';
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

type Seen = Readonly<Record<string, unknown>>;

/**
 * What was seen of a play, as one value. Of one that went otherwise, what was broken, what its runs found and what they did is part of
 * the difference: such a play may not be seen again for hours.
 */
export function expectSeen(rehearsal: Rehearsal, seen: Seen, expected: Seen): void {
  try {
    expect(seen).toEqual(expected);
  } catch {
    const { acts, calls, runs, began } = rehearsal;
    const broken = brokenIn(rehearsal);
    const after = (at: number): string => `${((at - began) / 1000).toFixed(1)} s`;
    expect({
      ...{ ...seen, broken, acts: acts.map(({ at, text }) => `${after(at)}: ${text}`) },
      runs: runs.map((run) => told(run, after)),
      mutations: calls.mutations
        .filter(isOfCloud)
        .map((call) => `${after(call.at)}: ${call.action} ${call.resource} ${call.outcome}`),
    }).toEqual(expected);
  }
}

/** Lease and journal are told by the rows. */
const isOfCloud = ({ service }: { readonly service: string }): boolean => !['dynamodb', 'firestore'].includes(service);

/** Every promise is kept, and what else was to be seen was. */
export const expectKept = (rehearsal: Rehearsal, seen: Seen = {}, expected: Seen = {}): void =>
  expectSeen(rehearsal, { broken: brokenIn(rehearsal), ...seen }, { broken: [], ...expected });

function told({ began, ended, event, holder, result, rows }: RehearsedRun, after: (at: number) => string) {
  const { outcome = 'killed', findings = [], candidates = [], next = [] } = result ?? {};
  return {
    who: `${holder}, ${event.mode}, from ${after(began)} to ${after(ended)}: ${outcome}`,
    findings: findings.map(
      ({ id, severity, accepted, problem }) => `${severity}${accepted ? ' (accepted)' : ''} ${id}: ${problem}`,
    ),
    candidates: candidates.map(({ reason }) => reason),
    rows: rows.map((row) => rowText(row, after)),
    next,
  };
}

const SAID = ['phase', 'signal', 'title', 'member', 'outcome', 'reason', 'what', 'detail', 'problem'];

function rowText(row: JournalRow, after: (at: number) => string): string {
  const all: Seen = { ...row, ...(row.type === 'fenced' ? row.fence : {}) };
  const said = SAID.flatMap((key) => (typeof all[key] === 'string' ? all[key] : []));
  return `${after(row.at * 1000)} ${row.type}: ${said.join(', ')}`;
}

/** What the runbook answered last. */
export const resultOf = ({ runs }: Rehearsal): RunbookResult | undefined => runs.at(-1)?.result;
