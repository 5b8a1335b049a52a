import type { Command } from '../command';
import { carryOut } from './carry-out';
import { eventOf } from './event-of';
import { PLACE, REASON, RUN_ID, SUBJECT } from './runbook-options';
import { asked } from './session';

/** Stops a run before its promotion. */
export const abortCommand: Command = {
  name: 'abort',
  summary: 'stop a run before its promotion; what it did is taken back',
  operand: SUBJECT,
  options: [...PLACE, { ...RUN_ID, description: 'the run that is to stop; understudy status tells it' }, REASON],
  examples: ['understudy abort orders --region eu-west-1 --run-id 20261123-030000-k3x9 --reason "wrong hour"'],
  run: (invocation, io) => {
    const event = eventOf('abort', invocation.options);
    return carryOut(invocation, io, { event, answer: (session) => asked(event, session) });
  },
};
