import { seen } from '../../../lib/runbook/decision';
import { observe } from '../../../lib/runbook/execution/observe';
import { sceneOf } from './_world/scenes';

test.each([
  ['who says that it follows now does, whatever the cloud saw a while ago', false, 'running'],
  ['who does not say so is what the cloud says', true, 'stopped'],
])('%s', async (_, isCut, expected) => {
  const { world } = await sceneOf('switchover');
  world.server('bab').isStreamCut = isCut;
  const { fleet } = world.ports;
  const late = Object.assign(Object.create(fleet) as typeof fleet, {
    look: async (topology: typeof world.topology) => {
      const { members, ...rest } = await fleet.look(topology);
      return {
        ...rest,
        members: members.map((each) => (each.id === 'bab' ? { ...each, replication: 'stopped' } : each)),
      };
    },
  });
  const observation = await observe({ ...world.ports, fleet: late }, world.topology, {});
  expect(seen(observation, 'bab').replication).toBe(expected);
});
