import type { DBInstance } from '@aws-sdk/client-rds';
import { isInSyncByReboot, isRebooted, RestartWatch } from '../../../../../lib/runbook/adapters/aws/fleet/rebooted';
import type { Progress } from '../../../../../lib/runbook/adapters/aws/fleet/stages';

const AT = 1_900_000_000;
const AVAILABLE: DBInstance = {
  DBInstanceStatus: 'available',
  DBParameterGroups: [{ DBParameterGroupName: 'orders', ParameterApplyStatus: 'in-sync' }],
};
const RESTARTING: DBInstance = { ...AVAILABLE, DBInstanceStatus: 'rebooting' };

/** A reboot was called at AT, and so much later is now. */
const after = (seconds: number, restarts?: RestartWatch): Progress => ({
  attempts: [{ step: 'reboot', at: AT, outcome: 'done' }],
  now: AT + seconds,
  ...(restarts && { restarts }),
});

/** Of a procedure that has seen this, then. */
function watch(...seen: readonly (readonly [DBInstance, number])[]): RestartWatch {
  const restarts = new RestartWatch();
  for (const [instance, seconds] of seen) restarts.note(instance, AT + seconds);
  return restarts;
}

test.each([isRebooted, isInSyncByReboot])(
  'nobody saw it restart: it is over when that would have shown (%p)',
  (isOver) => {
    expect(isOver(AVAILABLE, 'reboot', after(9))).toBe(false);
    expect(isOver(AVAILABLE, 'reboot', after(10))).toBe(true);
    expect(isOver(RESTARTING, 'reboot', after(60))).toBe(false);
  },
);

test.each([isRebooted, isInSyncByReboot])('it was seen to restart: it is over once it is available (%p)', (isOver) => {
  const restarts = watch([RESTARTING, 0.1], [AVAILABLE, 0.4]);
  expect(isOver(RESTARTING, 'reboot', after(0.2, restarts))).toBe(false);
  expect(isOver(AVAILABLE, 'reboot', after(0.4, restarts))).toBe(true);
});

test.each([
  ['none', watch([AVAILABLE, 0.1], [{ ...AVAILABLE, DBInstanceStatus: 'modifying' }, 0.2])],
  ['one of before', watch([RESTARTING, -1])],
])('a restart that proves nothing does not count: %s', (_, restarts) => {
  expect(isRebooted(AVAILABLE, 'reboot', after(0.4, restarts))).toBe(false);
});

test('a reboot whose answer was lost is none, whatever was seen', () => {
  const attempts = [{ step: 'reboot', at: AT, outcome: 'unclear' }] as const;
  const restarts = watch([RESTARTING, 0.1]);
  expect(isRebooted(AVAILABLE, 'reboot', { attempts, now: AT + 60, restarts })).toBe(false);
});
