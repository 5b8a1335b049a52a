import type { Flag } from '../command';

/** What every command that asks the runbook takes. */
export const PLACE: readonly Flag[] = [
  { flags: '--region <region>', description: 'the Region that is recovered in; needed where the file does not tell' },
  { flags: '--project <id>', description: 'the project of Google Cloud; needed where the file does not tell' },
  {
    flags: '--function [name]',
    description:
      'ask the deployed function, which is what happens anyway; a name when it has not its usual one, on Google Cloud also an address',
  },
  { flags: '--local', description: 'run it here, with your credentials: works although the function is broken' },
  {
    flags: '--connected',
    description:
      'with --local: the databases can be reached from here; without it they are not asked, and no fence is proven',
  },
  { flags: '--json', description: 'only the result, as JSON; progress goes to stderr, and nothing is asked' },
];

export const SUBJECT: Flag = {
  flags: '<topology>',
  description: 'the file of a topology, or the name of a deployed one',
};

export const TARGET: Flag = {
  flags: '--target <member>',
  description: 'whom to promote; by default the best candidate',
};
export const REASON: Flag = { flags: '--reason <sentence>', description: 'why, for the journal' };
export const EXPECTED_PRIMARY: Flag = {
  flags: '--expected-primary <member>',
  description: 'refuse when another member is the primary',
};
export const RUN_ID: Flag = { flags: '--run-id <id>', description: 'the run' };
export const SPLIT_BRAIN_RISK: Flag = {
  flags: '--accept-split-brain-risk <who>',
  description: '"NAME: REASON" of who takes the risk that the old primary still accepts writes',
};

/** What can be accepted in spite of what is found. */
export const ACCEPTANCES: readonly Flag[] = [
  { flags: '--accept-data-loss <seconds>', description: 'acknowledged writes that may be lost: 90, or 1m30s' },
  SPLIT_BRAIN_RISK,
  { flags: '--override <id...>', description: 'ids of findings that are known and accepted' },
];
