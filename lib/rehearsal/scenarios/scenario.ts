import type { RunbookEvent, RunbookResult } from '../../runbook/contract';
import type { RehearsalStage } from '../stage/rehearsal-stage';

/** Something that happens to a topology, and what the runbook is asked then. */
export interface Scenario {
  readonly name: string;
  readonly mode: 'switchover' | 'failover';
  /** What a person accepts beforehand. */
  readonly consent?: Partial<RunbookEvent>;
  /** Outcomes in which every promise can be kept. */
  readonly outcomes: readonly RunbookResult['outcome'][];
  /** What goes wrong before anybody asks the runbook. */
  readonly before?: (stage: RehearsalStage) => Promise<void> | void;
  /** What goes wrong while it runs; it is not waited for before the run begins. */
  readonly during?: (stage: RehearsalStage) => Promise<void>;
}

const byAda = { by: 'Ada', reason: 'a rehearsal' };

export const SCENARIOS: readonly Scenario[] = [
  { name: 'planned switchover', mode: 'switchover', outcomes: ['DONE'] },
  {
    name: 'primary killed',
    mode: 'failover',
    consent: { acceptDataLoss: 3600 },
    outcomes: ['DONE'],
    before: async (stage) => {
      await stage.member(stage.topology.primary).kill();
      // Until nobody may still have heard from it.
      await stage.clock.wait(60);
    },
  },
  {
    name: 'replication broken, then the primary killed',
    mode: 'failover',
    consent: { acceptDataLoss: 3600 },
    outcomes: ['DONE'],
    before: async (stage) => {
      const { primary, members } = stage.topology;
      for (const { id } of members.filter((member) => member.id !== primary)) stage.member(id).breakReplication();
      // What is acknowledged now is nowhere else.
      await stage.clock.wait(20);
      await stage.member(primary).kill();
      await stage.clock.wait(60);
    },
  },
  {
    name: 'Region cut off',
    mode: 'failover',
    consent: { acceptDataLoss: 3600, acceptSplitBrainRisk: byAda },
    outcomes: ['DEGRADED'],
    before: async (stage) => {
      stage.cut(regionOfPrimary(stage));
      await stage.clock.wait(150);
    },
  },
];

function regionOfPrimary({ topology }: RehearsalStage): string {
  return topology.members.find(({ id }) => id === topology.primary)?.region ?? '';
}
