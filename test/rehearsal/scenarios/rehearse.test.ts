import { forgetTemplate, type Rehearsal } from '../../../lib/rehearsal';
import { scenarioNamed } from '../../../lib/rehearsal/scenarios/rehearse';
import { SCENARIOS } from '../../../lib/rehearsal/scenarios/scenario';
import { broken, play, resultOf } from '../_helpers/play';
import { thrownBy } from '../_helpers/stage';

jest.setTimeout(120_000);
afterAll(forgetTemplate);

const hostsOf = ({ writes }: Rehearsal): number =>
  new Set(writes.filter(({ end }) => end === 'acknowledged').map(({ host }) => host)).size;

test('a planned switchover under load loses nothing, and ends with a replica of the new primary', async () => {
  const rehearsal = await play('planned switchover');
  expect(broken(rehearsal)).toEqual([]);
  expect([rehearsal.verdict.lost, hostsOf(rehearsal), resultOf(rehearsal)?.findings]).toEqual([[], 2, []]);
  expect(rehearsal.verdict.outage).toBeLessThan(600);
});

test('a failover from a primary that was killed proves its fence', async () => {
  const rehearsal = await play('primary killed');
  expect(broken(rehearsal)).toEqual([]);
  expect([hostsOf(rehearsal), resultOf(rehearsal)?.fence?.outcome]).toEqual([2, 'proven']);
});

test('what is lost because replication was broken before is lost in the window that is reported', async () => {
  const rehearsal = await play('replication broken, then the primary killed');
  expect(broken(rehearsal)).toEqual([]);
  expect(rehearsal.verdict.lost.length).toBeGreaterThan(10);
});

test('of a Region that is cut off, the clients inside write on, and the report says who took that risk', async () => {
  const rehearsal = await play('Region cut off');
  expect(broken(rehearsal)).toEqual([]);
  const { promises, lost } = rehearsal.verdict;
  expect(lost.length).toBeGreaterThan(10);
  expect(promises.find(({ id }) => id === 'one-writer')?.seen).toMatch(
    /^\d\d+ writes acknowledged by the old primary after the new one had begun; Ada took that risk$/,
  );
});

test('a scenario that is not there is refused with those that are', () => {
  expect(thrownBy(() => scenarioNamed('flood', SCENARIOS))).toEqual([
    'no-such-scenario',
    'no scenario is called flood; allowed: planned switchover, primary killed, replication broken, then the primary killed, Region cut off; name one of them',
  ]);
});
