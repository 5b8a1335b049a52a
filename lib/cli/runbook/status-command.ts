import type { Command } from '../command';
import { carryOut } from './carry-out';
import { eventOf } from './event-of';
import { PLACE, RUN_ID, SUBJECT } from './runbook-options';
import { asked } from './session';

/** Tells how a run stands. */
export const statusCommand: Command = {
  name: 'status',
  summary: 'tell who is primary, and how a run stands; changes nothing',
  operand: SUBJECT,
  options: [...PLACE, { ...RUN_ID, description: 'the run; by default the one that is open, else the newest' }],
  examples: ['understudy status orders.topology.yaml', 'understudy status orders --region eu-west-1 --local'],
  run: (invocation, io) => {
    const event = eventOf('status', invocation.options);
    return carryOut(invocation, io, { event, answer: (session) => asked(event, session) });
  },
};
