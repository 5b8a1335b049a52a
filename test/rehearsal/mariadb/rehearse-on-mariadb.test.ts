import { forgetTemplate, type Rehearsal } from '../../../lib/rehearsal';
import { brokenIds, play } from '../_helpers/play';

// Real servers, where other tests run beside.
jest.setTimeout(180_000);
afterAll(forgetTemplate);

const hostsOf = ({ writes }: Rehearsal): number =>
  new Set(writes.filter(({ end }) => end === 'acknowledged').map(({ host }) => host)).size;

test('a planned switchover under load loses nothing', async () => {
  const rehearsal = await play('planned-switchover', { engine: 'mariadb' });
  expect([brokenIds(rehearsal), rehearsal.verdict.lost, hostsOf(rehearsal)]).toEqual([[], [], 2]);
  expect(rehearsal).toMatchObject({ engine: 'mariadb', topology: { engine: { name: 'mariadb' } } });
});

test('a failover from a primary that was killed proves its fence', async () => {
  const rehearsal = await play('primary-killed', { engine: 'mariadb' });
  expect([brokenIds(rehearsal), hostsOf(rehearsal)]).toEqual([[], 2]);
});

test('what is lost because replication was broken before is lost in the window that is reported', async () => {
  const rehearsal = await play('replication-broken', { engine: 'mariadb' });
  expect(brokenIds(rehearsal)).toEqual([]);
  expect(rehearsal.verdict.lost.length).toBeGreaterThan(10);
});

test('of a Region that is cut off, the clients inside write on, and the report says who took that risk', async () => {
  const rehearsal = await play('region-cut-off', { engine: 'mariadb' });
  expect(brokenIds(rehearsal)).toEqual([]);
  expect(rehearsal.verdict.lost.length).toBeGreaterThan(10);
});
