import {
  DescribePendingMaintenanceActionsCommand,
  type DescribePendingMaintenanceActionsCommandInput,
} from '@aws-sdk/client-rds';
import { ABROAD, arnOf, HOME, refusalOf, setUp, tearDown, TRIO, type Stage } from '../../_helpers/stage';

afterEach(tearDown);

const ask = async ({ rds }: Stage, input: DescribePendingMaintenanceActionsCommandInput = {}): Promise<unknown> =>
  (await rds.send(new DescribePendingMaintenanceActionsCommand(input))).PendingMaintenanceActions;

const AT = Date.UTC(2030, 0, 2);
const UPDATE = { action: 'system-update', description: 'New operating system', at: AT };
const instances = TRIO.map((seed) => (seed.id === 'orders-a' ? { ...seed, maintenance: [UPDATE] } : seed));
const TOLD = {
  ResourceIdentifier: arnOf(HOME, 'orders-a'),
  PendingMaintenanceActionDetails: [
    { Action: 'system-update', Description: 'New operating system', CurrentApplyDate: new Date(AT) },
  ],
};

test('those that wait are told, of this Region', async () => {
  const stage = await setUp({ instances });
  stage.cloud.fleet.setMaintenance(ABROAD, 'orders-c', [{ action: 'db-upgrade' }]);
  expect(await ask(stage)).toEqual([TOLD]);
  stage.cloud.fleet.setMaintenance(HOME, 'orders-a', []);
  stage.cloud.fleet.setMaintenance(HOME, 'orders-b', [{ action: 'db-upgrade' }]);
  expect(await ask(stage)).toEqual([
    { ResourceIdentifier: arnOf(HOME, 'orders-b'), PendingMaintenanceActionDetails: [{ Action: 'db-upgrade' }] },
  ]);
});

test.each<[DescribePendingMaintenanceActionsCommandInput, unknown[]]>([
  [{ ResourceIdentifier: arnOf(HOME, 'orders-a') }, [TOLD]],
  [{ ResourceIdentifier: arnOf(HOME, 'orders-b') }, []],
  [{ Filters: [{ Name: 'db-instance-id', Values: ['orders-a', arnOf(HOME, 'orders-b')] }] }, [TOLD]],
  [{ Filters: [{ Name: 'db-instance-id', Values: ['orders-b'] }] }, []],
])('%j', async (input, expected) => {
  expect(await ask(await setUp({ instances }), input)).toEqual(expected);
});

test.each<[DescribePendingMaintenanceActionsCommandInput, readonly [string, string, number]]>([
  [{ ResourceIdentifier: 'orders-a' }, ['InvalidParameterValue', 'Invalid resource name: orders-a', 400]],
  [
    { ResourceIdentifier: arnOf(HOME, 'nobody') },
    ['ResourceNotFoundFault', `The resource ${arnOf(HOME, 'nobody')} was not found.`, 404],
  ],
  [
    { Filters: [{ Name: 'engine', Values: ['postgres'] }] },
    ['InvalidParameterValue', 'Unrecognized filter name: engine', 400],
  ],
])('%j is refused', async (input, expected) => {
  expect(await refusalOf(ask(await setUp({ instances }), input))).toEqual(expected);
});
