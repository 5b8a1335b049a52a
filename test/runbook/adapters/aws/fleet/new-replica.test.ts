import { fleetClients } from '../../../../../lib/runbook/adapters/aws';
import { planReplica } from '../../../../../lib/runbook/adapters/aws/fleet/new-replica';
import { placeById } from '../../../../../lib/runbook/adapters/aws/fleet/place';
import { RdsGateway } from '../../../../../lib/runbook/adapters/aws/fleet/rds-gateway';
import { ABROAD, tearDown } from '../../../../rehearsal/_helpers/stage';
import { SEEDS, setUpFleet, TOPOLOGY, type FleetStage } from '../_helpers/fleet-stage';

afterEach(tearDown);

/** What would be created while ada's Region is silent. */
async function planned({ server, clock, describe }: FleetStage): Promise<string | undefined> {
  const config = { endpoint: server.url, credentials: { accessKeyId: 'operator', secretAccessKey: 'any' } };
  const scene = {
    topology: TOPOLOGY,
    rds: new RdsGateway(fleetClients({ config })),
    clock: { now: () => clock.now() / 1000, wait: (seconds: number) => clock.wait(seconds) },
  };
  const old = { place: placeById(TOPOLOGY, 'ada'), isAnswered: false, problem: 'silent' } as const;
  const primary = await describe('orders-cyd', ABROAD);
  const plan = await planReplica(scene, { place: placeById(TOPOLOGY, 'cyd'), primary, old });
  return plan?.at.identifier;
}

const CYD = { region: ABROAD, id: 'orders-cyd' };

test('the next name that is free', async () => {
  expect(await planned(await setUpFleet({ instances: [CYD] }))).toBe('orders-cyd-2');
  const taken = { region: ABROAD, id: 'orders-cyd-2' };
  expect(await planned(await setUpFleet({ instances: [CYD, taken] }))).toBe('orders-cyd-3');
  const replica = { region: ABROAD, id: 'orders-cyd-2', replicaOf: 'orders-ada' };
  expect(await planned(await setUpFleet({ instances: [...SEEDS, replica] }))).toBe('orders-cyd-3');
});

test('one that follows already, whether or not it is listed yet: none is made', async () => {
  const replica = { region: ABROAD, id: 'orders-cyd-2', replicaOf: 'orders-cyd' };
  expect(await planned(await setUpFleet({ instances: [CYD, replica] }))).toBeUndefined();
});
