import type { Command, Invocation } from '../command';
import { UsageError } from '../usage-error';
import type { RunbookEvent } from '../../runbook/contract';
import { carryOut } from './carry-out';
import { eventOf } from './event-of';
import { promoted } from './promoted';
import { ACCEPTANCES, EXPECTED_PRIMARY, PLACE, REASON, RUN_ID, SUBJECT, TARGET } from './runbook-options';

/** Promotes a replica. */
export const promoteCommand: Command = {
  name: 'promote',
  summary: 'make a replica the primary: plans, asks, and carries it out',
  operand: SUBJECT,
  options: [
    ...PLACE,
    {
      flags: '--switchover',
      description: 'move the primary on purpose: loses nothing, can be taken back until the promotion',
    },
    { flags: '--failover', description: 'replace a primary that is lost' },
    REASON,
    TARGET,
    EXPECTED_PRIMARY,
    ...ACCEPTANCES,
    {
      flags: '--approve <hash>',
      description: 'hash of the plan that a person has read; without it, the plan is printed',
    },
    { flags: '--yes', description: 'do not ask for the name of the member; only with --approve' },
    { ...RUN_ID, description: 'go on with that run' },
    { flags: '--detach', description: 'hand it to the function and do not wait; only with --approve or --run-id' },
  ],
  examples: [
    'understudy promote orders.topology.yaml --switchover --reason "patch day"',
    'understudy promote orders --region eu-west-1 --failover --reason "us-east-1 is gone" --accept-data-loss 2m',
  ],
  run: (invocation, io) => {
    const event = promotionIn(invocation.options);
    const { options } = invocation;
    const wishes = { isSure: options['yes'] === true, isDetached: options['detach'] === true };
    return carryOut(invocation, io, { event, answer: (session) => promoted(event, session, wishes) });
  },
};

function promotionIn(options: Invocation['options']): RunbookEvent {
  const modes = (['switchover', 'failover'] as const).filter((mode) => options[mode] === true);
  const [mode, other] = modes;
  if (mode === undefined || other !== undefined) {
    throw new UsageError(
      mode === undefined ? 'promote does not know how' : '--switchover and --failover exclude each other',
      'allowed: --switchover, when the primary answers, or --failover, when it is lost',
      'add one of them; understudy plan tells which',
    );
  }
  const event = eventOf(mode, options);
  if (options['yes'] === true && event.approve === undefined) {
    throw new UsageError(
      '--yes is there without --approve, so nobody has read the plan',
      'allowed: --yes with --approve HASH',
      'run understudy plan, read it, and take the hash from there',
    );
  }
  if (options['detach'] === true && options['local'] === true) {
    throw new UsageError(
      '--detach leaves a run to the function, and --local has none',
      'allowed: one of them',
      'leave one out',
    );
  }
  if (options['detach'] === true && event.approve === undefined && event.runId === undefined) {
    throw new UsageError(
      '--detach is there without --approve, so nobody would read the plan',
      'allowed: --detach with --approve HASH, or with --run-id',
      'leave it out, or approve the plan first',
    );
  }
  return event;
}
