import { SqlDatabaseProbe } from '../../../../lib/runbook/adapters/sql';
import type { Question } from '../../../../lib/runbook/execution/ports';
import { define } from '../../../../lib/topology';
import { ADMIN, ADMIN_PASSWORD, PostgresFarm } from '../../../_helpers/postgres-farm';
import { ScriptedMysql, type MysqlScript } from './_helpers/scripted-mysql';
import { secretOf, SecretServer } from './_helpers/secret-server';

jest.setTimeout(20_000);

const BOUNDS = { connect: 0.5, whole: 1.5 };

function question(engine: 'aurora-postgresql' | 'aurora-mysql', port: number): Question {
  const version = engine === 'aurora-mysql' ? '8.0.mysql_aurora.3.08.2' : '16.8';
  const topology = define({
    name: 'shop',
    kind: 'cluster',
    engine: { name: engine, version },
    primary: 'main',
    objectives: { lag: '5s' },
    members: { main: { region: 'eu-west-1', size: 'db.r7g.large', instances: { a: {}, b: {} } } },
  });
  return { topology, member: 'main', address: { host: '127.0.0.1', port } };
}

const probeWith = ({ options }: SecretServer): SqlDatabaseProbe =>
  new SqlDatabaseProbe({ isConnected: true, credentials: options, tls: 'off', bounds: BOUNDS });

it('Aurora PostgreSQL: a writer takes writes, a reader does not, and neither tells a position', async () => {
  const farm = await PostgresFarm.open();
  const secrets = await SecretServer.open(secretOf(ADMIN, ADMIN_PASSWORD));
  try {
    const writer = await farm.primary();
    const reader = await farm.standbyOf(writer);
    const probe = probeWith(secrets);
    const asked = (port: number): Question => question('aurora-postgresql', port);
    expect(await probe.ask(asked(writer.port))).toStrictEqual({
      ...{ id: 'main', dataPlane: 'reachable', acceptsWrites: 'yes' },
    });
    expect(await probe.ask(asked(reader.port))).toStrictEqual({
      ...{ id: 'main', dataPlane: 'reachable', acceptsWrites: 'no' },
    });
    expect(await probe.tryWrite(asked(writer.port))).toBe('yes');
    expect(await probe.tryWrite(asked(reader.port))).toBe('no');
  } finally {
    await farm.close();
    await secrets.close();
  }
});

it.each<readonly [string, Readonly<Record<string, number>>, 'yes' | 'no']>([
  ['a writer', { is_reader: 0, is_read_only: 0 }, 'yes'],
  ['a reader, which has no read_only', { is_reader: 1, is_read_only: 0 }, 'no'],
  ['a writer that may only read', { is_reader: 0, is_read_only: 1 }, 'no'],
])('Aurora MySQL: %s', async (_, state, acceptsWrites) => {
  const secrets = await SecretServer.open(secretOf('admin', 'hunter two'));
  const script: MysqlScript = { 'SELECT @@global.innodb_read_only': [state] };
  const server = await ScriptedMysql.open(script);
  try {
    expect(await probeWith(secrets).ask(question('aurora-mysql', server.port))).toStrictEqual({
      ...{ id: 'main', dataPlane: 'reachable', acceptsWrites },
    });
  } finally {
    await server.close();
    await secrets.close();
  }
});
