import type { DBInstance } from '@aws-sdk/client-rds';
import type { Attempt } from '../../../../../lib/runbook/execution/ports';
import { fleetClients } from '../../../../../lib/runbook/adapters/aws';
import { RdsGateway } from '../../../../../lib/runbook/adapters/aws/fleet/rds-gateway';
import { regroupStages } from '../../../../../lib/runbook/adapters/aws/fleet/regroup';

const instance = (name: string, status: string, DBInstanceStatus = 'available'): DBInstance => ({
  DBInstanceStatus,
  DBParameterGroups: [{ DBParameterGroupName: name, ParameterApplyStatus: status }],
});
const given = (at: number): Attempt => ({ step: 'give-group', at, outcome: 'done' });
const rebooted = (at: number): Attempt => ({ step: 'reboot', at, outcome: 'unclear' });

/** Which of the two stages are met: the group is given, the reboot is over. */
const met = (seen: DBInstance, attempts: readonly Attempt[]): readonly boolean[] =>
  regroupStages({
    rds: new RdsGateway(fleetClients()),
    place: { identifier: 'orders-ada', region: 'eu-west-1' },
    instance: seen,
    progress: { attempts, now: 100 },
    group: 'frozen',
  }).map(({ isMet }) => isMet);

test.each<readonly [string, DBInstance, readonly Attempt[], readonly boolean[]]>([
  ['another group', instance('usual', 'in-sync'), [], [false, false]],
  ['the group is on its way', instance('frozen', 'applying'), [given(95)], [false, false]],
  ['in sync just after it was given: how it was before', instance('frozen', 'in-sync'), [given(95)], [false, false]],
  ['in sync for a minute: there is nothing to wait for', instance('frozen', 'in-sync'), [given(40)], [true, false]],
  ['it waits for a reboot', instance('frozen', 'pending-reboot'), [given(95)], [true, false]],
  ['given by an earlier run', instance('frozen', 'in-sync'), [], [true, false]],
  ['a reboot that shows no effect', instance('frozen', 'pending-reboot'), [given(5), rebooted(30)], [true, false]],
  ['a reboot of just now', instance('frozen', 'in-sync'), [given(5), rebooted(95)], [true, false]],
  ['in the reboot', instance('frozen', 'in-sync', 'rebooting'), [given(5), rebooted(30)], [true, false]],
  ['a reboot without an answer, and in sync', instance('frozen', 'in-sync'), [given(5), rebooted(30)], [true, true]],
])('%s', (_, seen, attempts, expected) => {
  expect(met(seen, attempts)).toEqual(expected);
});
