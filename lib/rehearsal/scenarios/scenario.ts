import type { RunbookEvent, RunbookResult } from '../../runbook/contract';
import type { MemberId } from '../../topology';
import type { RehearsalStage } from '../stage/rehearsal-stage';

/** Says what happens, for the report. */
export type Tell = (text: string, member?: MemberId) => void;

/** Something that happens to a topology, and what the runbook is asked then. */
export interface Scenario {
  readonly name: string;
  /** One sentence, for a person. */
  readonly about: string;
  readonly mode: 'switchover' | 'failover';
  /** What a person accepts beforehand. */
  readonly consent?: Partial<RunbookEvent>;
  /** Outcomes in which every promise can be kept. */
  readonly outcomes: readonly RunbookResult['outcome'][];
  /** What goes wrong before anybody asks the runbook. */
  readonly before?: (stage: RehearsalStage, tell: Tell) => Promise<void> | void;
  /** What goes wrong while it runs; it is not waited for before the run begins. */
  readonly during?: (stage: RehearsalStage, tell: Tell) => Promise<void>;
}

const byAda = { by: 'Ada', reason: 'a rehearsal' };

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'planned switchover',
    about: 'The primary moves on purpose, while clients write.',
    mode: 'switchover',
    outcomes: ['DONE'],
  },
  {
    name: 'primary killed',
    about: 'The server of the primary dies as it stands.',
    mode: 'failover',
    consent: { acceptDataLoss: 3600 },
    outcomes: ['DONE'],
    before: async (stage, tell) => {
      const { primary } = stage.topology;
      await stage.member(primary).kill();
      tell('killed', primary);
      // Until nobody may still have heard from it.
      await stage.clock.wait(60);
    },
  },
  {
    name: 'replication broken, then the primary killed',
    about: 'No replica gets anything any more, and then the primary dies.',
    mode: 'failover',
    consent: { acceptDataLoss: 3600 },
    outcomes: ['DONE'],
    before: async (stage, tell) => {
      const { primary, members } = stage.topology;
      for (const { id } of members.filter((member) => member.id !== primary)) stage.member(id).breakReplication();
      tell('replication of everybody broken');
      // What is acknowledged now is nowhere else.
      await stage.clock.wait(20);
      await stage.member(primary).kill();
      tell('killed', primary);
      await stage.clock.wait(60);
    },
  },
  {
    name: 'Region cut off',
    about: 'The Region of the primary is cut off; its own clients still write there.',
    mode: 'failover',
    consent: { acceptDataLoss: 3600, acceptSplitBrainRisk: byAda },
    outcomes: ['DEGRADED'],
    before: async (stage, tell) => {
      stage.cut(regionOfPrimary(stage));
      tell(`${regionOfPrimary(stage)} cut off`);
      await stage.clock.wait(150);
    },
  },
];

function regionOfPrimary({ topology }: RehearsalStage): string {
  return topology.members.find(({ id }) => id === topology.primary)?.region ?? '';
}
