import { forgetTemplate, type Rehearsal } from '../../../lib/rehearsal';
import { expectKept, play } from '../_helpers/play';

// Real servers, where other tests run beside.
jest.setTimeout(180_000);
afterAll(forgetTemplate);

const hostsOf = ({ writes }: Rehearsal): number =>
  new Set(writes.filter(({ end }) => end === 'acknowledged').map(({ host }) => host)).size;

test('a planned switchover under load loses nothing', async () => {
  const rehearsal = await play('planned-switchover', { engine: 'mariadb' });
  const { engine, topology, verdict } = rehearsal;
  expectKept(
    rehearsal,
    { engine, told: topology.engine.name, lost: verdict.lost, hosts: hostsOf(rehearsal) },
    { engine: 'mariadb', told: 'mariadb', lost: [], hosts: 2 },
  );
});

test('a failover from a primary that was killed proves its fence', async () => {
  const rehearsal = await play('primary-killed', { engine: 'mariadb' });
  expectKept(rehearsal, { hosts: hostsOf(rehearsal) }, { hosts: 2 });
});

test('what is lost because replication was broken before is lost in the window that is reported', async () => {
  const rehearsal = await play('replication-broken', { engine: 'mariadb' });
  expectKept(rehearsal, { isMuchLost: rehearsal.verdict.lost.length > 10 }, { isMuchLost: true });
});

test('of a Region that is cut off, the clients inside write on, and the report says who took that risk', async () => {
  const rehearsal = await play('region-cut-off', { engine: 'mariadb' });
  expectKept(rehearsal, { isMuchLost: rehearsal.verdict.lost.length > 10 }, { isMuchLost: true });
});
