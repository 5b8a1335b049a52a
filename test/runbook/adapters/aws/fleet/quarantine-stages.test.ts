import type { DBInstance } from '@aws-sdk/client-rds';
import { fleetClients } from '../../../../../lib/runbook/adapters/aws';
import { quarantineStages } from '../../../../../lib/runbook/adapters/aws/fleet/fence';
import { RdsGateway } from '../../../../../lib/runbook/adapters/aws/fleet/rds-gateway';

const instance = (groups: Readonly<Record<string, string>>, noted?: string): DBInstance => ({
  VpcSecurityGroups: Object.entries(groups).map(([VpcSecurityGroupId, Status]) => ({ VpcSecurityGroupId, Status })),
  TagList: noted === undefined ? [] : [{ Key: 'understudy:unfenced-groups', Value: noted }],
});

/** Which of the two stages are met: the groups are noted, quarantine is alone. */
const met = (seen: DBInstance): readonly boolean[] =>
  quarantineStages(
    { rds: new RdsGateway(fleetClients()) },
    { identifier: 'orders-ada', region: 'eu-west-1' },
    seen,
    'sg-q',
  ).map(({ isMet }) => isMet);

test.each<readonly [string, DBInstance, readonly boolean[]]>([
  ['before anything', instance({ 'sg-b': 'active', 'sg-a': 'active' }), [false, false]],
  [
    'noted, in whatever order they are listed',
    instance({ 'sg-b': 'active', 'sg-a': 'active' }, 'sg-a sg-b'),
    [true, false],
  ],
  ['a note from before they were changed', instance({ 'sg-c': 'active' }, 'sg-a sg-b'), [false, false]],
  ['on its way', instance({ 'sg-q': 'adding' }, 'sg-a'), [true, false]],
  ['the old one still lets clients in', instance({ 'sg-a': 'removing', 'sg-q': 'active' }, 'sg-a'), [true, false]],
  ['alone', instance({ 'sg-q': 'active' }, 'sg-a'), [true, true]],
  ['alone, by another hand', instance({ 'sg-q': 'active' }), [true, true]],
])('%s', (_, seen, expected) => {
  expect(met(seen)).toEqual(expected);
});
