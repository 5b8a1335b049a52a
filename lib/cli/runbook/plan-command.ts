import type { Command } from '../command';
import { carryOut } from './carry-out';
import { eventOf } from './event-of';
import { ACCEPTANCES, EXPECTED_PRIMARY, PLACE, REASON, SUBJECT, TARGET } from './runbook-options';
import { asked } from './session';

/** Looks at everything, and says what a promotion would do. */
export const planCommand: Command = {
  name: 'plan',
  summary: 'look at everything and say what a promotion would do; changes nothing',
  operand: SUBJECT,
  options: [...PLACE, TARGET, REASON, EXPECTED_PRIMARY, ...ACCEPTANCES],
  examples: [
    'understudy plan orders.topology.yaml',
    'understudy plan orders --region eu-west-1 --target dublin-a --accept-data-loss 90',
  ],
  run: (invocation, io) => {
    const event = eventOf('plan', invocation.options);
    return carryOut(invocation, io, { event, answer: (session) => asked(event, session) });
  },
};
