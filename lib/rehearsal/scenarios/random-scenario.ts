import { PHASES, type Phase } from '../../runbook/contract';
import { TopologyView, type Topology } from '../../topology';
import { seededRandom, type Random } from '../seeded-random';
import { canHappenTo } from './misfit-of-kind';
import type { Scenario } from './scenario';
import type { ActInput, RequestInput } from './scenario-schema';

/** Whatever happens, the run ends in one of these; what it promised by that is judged. */
const OUTCOMES: RequestInput['outcomes'] = ['DONE', 'DEGRADED', 'REFUSED', 'NEEDS_OPERATOR', 'ABORTED'];

/** Longer than a lease: whoever goes on with a run finds it left. */
const AFTER_LEASE = '130s';

/** Actions that change something, of which an answer may be lost. */
const MUTATIONS: Readonly<Record<'instances' | 'clusters', readonly string[]>> = {
  instances: ['RebootDBInstance', 'ModifyDBInstance', 'PromoteReadReplica', 'PutParameter', 'PutItem'],
  clusters: ['SwitchoverGlobalCluster', 'FailoverGlobalCluster', 'FailoverDBCluster', 'ModifyDBCluster', 'PutItem'],
};
const SERVICES = ['rds', 'dynamodb', 'cloudwatch', 'ssm', 'secretsmanager', 'sns'] as const;

/** Phases in which something is done. */
const BUSY: readonly Phase[] = PHASES.filter((phase) => phase !== 'start' && phase !== 'undo');

type Timing = Pick<ActInput, 'at' | 'when' | 'after'>;

class Dice {
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  chance(part: number): boolean {
    return this.#random() < part;
  }

  /** Both included. */
  number(least: number, most: number): number {
    return least + Math.floor(this.#random() * (most - least + 1));
  }

  one<T>(...given: readonly [T, ...T[]]): T {
    return given[this.number(0, given.length - 1)] ?? given[0];
  }
}

/**
 * A story that nobody thought of: faults, when they come, and what the runbook is asked, all by a seed.
 *
 * It allows every outcome: what is held against the run is what it promises and what it says of itself.
 */
export function randomScenario(topology: Topology, seed: number): Scenario {
  const dice = new Dice(seed);
  const isPlanned = dice.chance(0.5);
  const loss = isPlanned ? [] : primaryLost(topology, dice);
  const faults = Array.from({ length: dice.number(isPlanned ? 1 : 0, 2) }, () => fault(dice, topology)).flat();
  const isKilled = dice.chance(0.3);
  const killing: readonly ActInput[] = isKilled ? [{ ...moment(dice), do: 'kill-runbook' }] : [];
  const acts = [...loss, ...faults, ...killing].filter((act) => canHappenTo(act.do, topology.kind));
  return {
    name: `random-${seed}`,
    about: aboutText(isPlanned, acts),
    acts,
    runs: requests(isPlanned, isKilled, dice),
    aftermath: '40s',
  };
}

function requests(isPlanned: boolean, isKilled: boolean, dice: Dice): Scenario['runs'] {
  const accept: RequestInput['accept'] = {
    dataLoss: '1h',
    ...(dice.chance(0.6) && { splitBrainRisk: { by: 'Ada', reason: 'a rehearsal' } }),
  };
  // A replica that has heard from the primary within half a minute says that it lives.
  const first: RequestInput = isPlanned
    ? { mode: 'switchover', at: `${dice.number(0, 40)}s`, outcomes: OUTCOMES }
    : { mode: 'failover', at: `${dice.number(70, 160)}s`, accept, outcomes: OUTCOMES };
  if (isKilled) return [first, { mode: first.mode, after: AFTER_LEASE, resume: 1, outcomes: OUTCOMES }];
  return dice.chance(0.15) ? [first, { ...first }] : [first];
}

/** Why there is an unplanned run at all. */
function primaryLost(topology: Topology, dice: Dice): readonly ActInput[] {
  const at = `${dice.number(0, 20)}s`;
  const regions = new Set(new TopologyView(topology).active.map(({ region }) => region));
  const kind = dice.one('kill', 'freeze', ...(regions.size > 1 ? (['cut'] as const) : []));
  if (kind !== 'cut') return [{ at, do: kind, member: 'the primary' }];
  const cut: ActInput = { at, do: 'cut', region: 'of the primary' };
  const heal: ActInput = { when: 'end of run 1', after: '20s', do: 'heal', region: 'of the primary' };
  return dice.chance(0.5) ? [cut, heal] : [cut];
}

function fault(dice: Dice, { kind }: Topology): readonly ActInput[] {
  const actions = MUTATIONS[kind === 'instances' ? 'instances' : 'clusters'];
  const when = moment(dice);
  const replica = dice.one('the target', 'every replica', 'every other replica');
  const times = dice.number(1, 6);
  return dice.one<() => readonly ActInput[]>(
    () => [{ ...when, do: 'throttle', service: dice.one(...SERVICES), times }],
    () => [{ ...when, do: 'lose-answers', action: dice.one(...(actions as [string])), times: dice.number(1, 2) }],
    () => [{ ...when, do: 'deny', service: dice.one('rds', 'ssm', 'sns', 'cloudwatch'), times: dice.number(1, 3) }],
    () => [{ ...when, do: 'slow-link', member: replica, by: `${dice.number(1, 20)}s` }],
    () => [{ ...when, do: 'delay-replay', member: replica, by: `${dice.number(1, 60)}s` }],
    () => [{ ...when, do: 'break-replication', member: replica }],
    () => [{ ...when, do: 'kill', member: dice.one('the target', 'the primary') }],
    () => lateMetrics(when, replica, dice),
    () => frozen(when, dice.one('the target', 'the primary'), dice),
  )();
}

/** For a while: what hangs for ever is as one that died. */
function frozen(when: Timing, member: string, dice: Dice): readonly ActInput[] {
  return [
    { ...when, do: 'freeze', member },
    { ...later(when, dice), do: 'thaw', member },
  ];
}

/** For good, or for a while. */
function lateMetrics(when: Timing, member: string, dice: Dice): readonly ActInput[] {
  const late: ActInput = { ...when, do: 'delay-metrics', member, by: `${dice.number(1, 10)}m` };
  return dice.chance(0.5) ? [late, { ...later(when, dice), do: 'delay-metrics', member, by: '0s' }] : [late];
}

const later = (when: Timing, dice: Dice): Timing => ({
  ...when,
  after: `${Number.parseInt(when.after ?? '0', 10) + dice.number(10, 60)}s`,
});

function moment(dice: Dice): Timing {
  if (dice.chance(0.25)) return { at: `${dice.number(0, 90)}s` };
  const phase = dice.one(...(BUSY as readonly [Phase, ...Phase[]]));
  return { when: `${dice.one('phase', 'call in')} ${phase}`, after: `${dice.one(0, 0, 1, 3, 8)}s` };
}

function aboutText(isPlanned: boolean, acts: readonly ActInput[]): string {
  const what = isPlanned ? 'The primary moves on purpose' : 'The primary is lost';
  const deeds = acts.map(({ do: deed, when, at, member, action, service, region }) =>
    [deed, member ?? action ?? service ?? region, when === undefined ? `at ${at ?? '0s'}` : `at ${when}`]
      .filter(Boolean)
      .join(' '),
  );
  return deeds.length === 0 ? `${what}, and nothing else happens.` : `${what}: ${deeds.join('; ')}.`;
}
