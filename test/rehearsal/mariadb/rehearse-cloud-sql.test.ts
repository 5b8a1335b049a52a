import { forgetTemplate } from '../../../lib/rehearsal';
import { define } from '../../../lib/topology';
import { beside, cloudSql, withDr } from '../../_helpers/sample-cloud-sql';
import { expectKept, play } from '../_helpers/play';

jest.setTimeout(180_000);
afterAll(forgetTemplate);

const objectives = { lag: '5m', dataLoss: '10m' };
const two = withDr(cloudSql('mysql'));
const pair = { ...two, objectives, members: { ...two.members, cyd: beside('ada') } };
const plain = { ...cloudSql('mysql'), objectives };

test.concurrent.each([
  ['primary-killed', plain],
  ['planned-switchover', plain],
  ['failback', pair],
])('MySQL on Cloud SQL: in %s every promise is kept', async (scenario, input) => {
  const rehearsal = await play(scenario, { topology: define(input) });
  const { engine, topology } = rehearsal;
  expectKept(rehearsal, { engine, told: topology.engine.name }, { engine: 'mariadb', told: 'mysql' });
});
