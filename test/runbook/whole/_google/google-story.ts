import fc from 'fast-check';
import type { Fault } from '../../../../lib/rehearsal';
import { sqlSeedsOf } from '../../../../lib/rehearsal/stage/cloud-sql/cloud-sql-seeds';
import type { RunbookEvent, RunbookResult } from '../../../../lib/runbook/contract';
import type { Kind } from '../../../../lib/runbook/decision';
import { define, TopologyView, type Topology, type TopologyInput } from '../../../../lib/topology';
import { validCloudSqlInput } from '../../../_arbitraries/arbitrary-cloud-sql';
import { killedAt, type Kill } from '../../execution/_world/mishaps';
import { RISK } from '../../execution/_world/scenes';
import { googleRun, type GoogleRun } from './google-run';

/** Something that goes wrong on the way. */
export type Trouble =
  | ({ readonly kind: 'kill'; readonly invocation: number } & Kill)
  | { readonly kind: 'fault'; readonly fault: Fault }
  | { readonly kind: 'death' | 'severance'; readonly at: number; readonly member: number };

/** Any topology on Google, and what happens to it. */
export interface Story {
  readonly input: TopologyInput;
  readonly kind: Kind;
  /** How the primary is lost in an unplanned story. `partition`: nothing in its region can be reached, and it lives on. */
  readonly loss: 'death' | 'region lost' | 'partition';
  readonly isRiskTaken: boolean;
  readonly troubles: readonly Trouble[];
  /** Seconds that the n-th host lives; none: for ever. */
  readonly lives: readonly number[];
}

const mishap = fc.constantFrom<Fault['mishap']>(
  ...[
    { kind: 'throttle' } as const,
    { kind: 'access-denied' } as const,
    { kind: 'reset', effect: 'before' } as const,
    { kind: 'reset', effect: 'after' } as const,
  ],
);

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({
    mishap,
    service: fc.constantFrom('sqladmin', 'monitoring', 'firestore', 'dns', 'secretmanager', 'pubsub'),
    call: fc.integer({ min: 1, max: 60 }),
    times: fc.constantFrom(1, 1, 3),
  }),
  fc.record({
    mishap: fc.constant({ kind: 'fails', status: 'INTERNAL_ERROR' } as const),
    service: fc.constant('sqladmin'),
    action: fc.constantFrom(
      ...['promoteReplica', 'switchover', 'patch', 'restart', 'insert'].map((each) => `instances.${each}`),
    ),
    call: fc.integer({ min: 1, max: 3 }),
  }),
);

const trouble: fc.Arbitrary<Trouble> = fc.oneof(
  fc.record({
    kind: fc.constant('kill' as const),
    invocation: fc.integer({ min: 1, max: 3 }),
    at: fc.integer({ min: 1, max: 260 }),
    when: fc.constantFrom('before' as const, 'after' as const),
  }),
  fc.record({ kind: fc.constant('fault' as const), fault }),
  fc.record({
    kind: fc.constantFrom('death' as const, 'severance' as const),
    at: fc.integer({ min: 1, max: 300 }),
    member: fc.nat({ max: 5 }),
  }),
);

export const arbitraryStory: fc.Arbitrary<Story> = fc.record({
  input: validCloudSqlInput({ engines: ['postgres', 'mysql'] }).map((input) => ({
    ...{ ...input, objectives: { lag: '5m', dataLoss: '10m' } },
  })),
  kind: fc.constantFrom<Kind>('switchover', 'failover'),
  loss: fc.constantFrom('death' as const, 'region lost' as const, 'partition' as const),
  isRiskTaken: fc.boolean(),
  troubles: fc.array(trouble, { maxLength: 3 }),
  lives: fc.oneof(fc.constant([]), fc.array(fc.integer({ min: 20, max: 90 }), { minLength: 1, maxLength: 6 })),
});

/** A story that was told to its end. */
export interface Told {
  readonly run: GoogleRun;
  readonly topology: Topology;
  readonly result: RunbookResult;
  /** Whether somebody would have approved it. */
  readonly isBegun: boolean;
}

const nameOf = (topology: Topology, id: string): string => new TopologyView(topology).get(id)?.gcp?.name ?? '';

/** Tells a story: a while in which all is well, what goes wrong, and the run, taken up until it is over; then a quarter of an hour. */
export async function tell(story: Story): Promise<Told> {
  const topology = define(story.input);
  const run = await googleRun(story.input, { instances: sqlSeedsOf(topology) });
  run.databases.watch();
  await run.watched(4);
  if (story.kind === 'failover') lose(run, topology, story.loss);
  run.time.advance(150);
  const begun = await run.ask({ mode: 'plan', ...consentOf(story) });
  const isBegun = begun.planHash !== undefined && begun.outcome === 'DONE';
  if (isBegun) happening(run, topology, story.troubles);
  const { lives, troubles } = story;
  const result = await run.carry(story.kind, consentOf(story), {
    portsOf: (invocation) =>
      troubles.reduce(
        (ports, each) => (each.kind === 'kill' && each.invocation === invocation ? killedAt(ports, each) : ports),
        run.ports,
      ),
    lifeOf: (invocation) => lives[invocation - 1],
  });
  run.time.advance(900);
  return { run, topology, result, isBegun };
}

function consentOf({ kind, isRiskTaken }: Story): Partial<RunbookEvent> {
  if (kind === 'switchover') return {};
  return {
    ...{ acceptDataLoss: 86_400, override: ['primary-unknown', 'fresher-sibling', 'loss-unknown', 'stale-target'] },
    ...(isRiskTaken ? { acceptSplitBrainRisk: RISK } : {}),
  };
}

function lose({ databases, google }: GoogleRun, topology: Topology, loss: Story['loss']): void {
  const primary = new TopologyView(topology).primary;
  if (loss !== 'partition') databases.kill(nameOf(topology, topology.primary));
  if (loss !== 'death') google.cut(primary?.region ?? '');
}

function happening({ databases, google, time }: GoogleRun, topology: Topology, troubles: readonly Trouble[]): void {
  for (const each of troubles) {
    if (each.kind === 'fault') google.inject(each.fault);
    if (each.kind !== 'death' && each.kind !== 'severance') continue;
    const { id } = topology.members[each.member % topology.members.length] ?? { id: topology.primary };
    const name = nameOf(topology, id);
    const happen = (): void => (each.kind === 'death' ? databases.kill(name) : databases.sever(name));
    time.alarm(time.now() + each.at * 1000, happen);
  }
}
