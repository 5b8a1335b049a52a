import type { Command } from '../command';
import { carryOut } from './carry-out';
import { eventOf } from './event-of';
import { EXPECTED_PRIMARY, PLACE, REASON, SPLIT_BRAIN_RISK, SUBJECT, TARGET } from './runbook-options';
import { asked } from './session';

/** Lets a member take writes again. */
export const unfenceCommand: Command = {
  name: 'unfence',
  summary: 'let a member take writes again that a run has fenced or frozen',
  operand: SUBJECT,
  options: [
    ...PLACE,
    { ...TARGET, description: 'the member that is to take writes again' },
    REASON,
    EXPECTED_PRIMARY,
    SPLIT_BRAIN_RISK,
  ],
  examples: ['understudy unfence orders --region eu-west-1 --target virginia-a --reason "nobody was promoted"'],
  run: (invocation, io) => {
    const event = eventOf('unfence', invocation.options);
    return carryOut(invocation, io, { event, answer: (session) => asked(event, session) });
  },
};
