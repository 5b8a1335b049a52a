import type { Loopback } from '../../../../lib/rehearsal/servers/loopback';
import { reachedProbe } from '../../../../lib/rehearsal/stage/cloud-sql/reached-probe';
import type { DatabaseProbe, Question } from '../../../../lib/runbook/execution/ports';
import { define } from '../../../../lib/topology';
import { cloudSql } from '../../../_helpers/sample-cloud-sql';

test('it asks by the port of its region, and the engine that there is', async () => {
  const asked: Question[] = [];
  const probe: DatabaseProbe = {
    isConnected: true,
    ask: (question) => Promise.resolve({ id: question.member, dataPlane: 'unknown', acceptsWrites: 'unknown' }),
    tryWrite: (question) => Promise.resolve(asked.push(question) > 0 ? 'no' : 'yes'),
    obstacles: () => Promise.resolve([]),
  };
  const network = {
    addressFrom: (region: string, host: string) => ({ host, port: region.length }),
  } as unknown as Loopback;
  const reached = reachedProbe(probe, { network, region: 'here', engine: 'mariadb' });
  const topology = define(cloudSql('mysql'));
  expect(await reached.tryWrite({ topology, member: 'ada', address: { host: 'h', port: 3306 } })).toBe('no');
  expect(asked).toEqual([
    {
      member: 'ada',
      address: { host: 'h', port: 4 },
      topology: { ...topology, engine: { name: 'mariadb', version: '8.4' } },
    },
  ]);
  expect([reached.isConnected, await reached.obstacles?.(topology)]).toEqual([true, []]);
});
