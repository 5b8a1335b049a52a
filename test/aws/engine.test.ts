import './_helpers/quiet-synthesis';
import { cdkEngine, isInstanceEngine, engineFrom, parameterGroupFamily, rdsEngineName } from '../../lib/aws/engine';
import { INSTANCE_ENGINES, ENGINES, type Engine, type InstanceEngineName } from '../../lib/topology';
import { canHaveInsights } from '../../lib/aws/engine-defaults';
import { canAuthenticateByIam } from '../../lib/topology';

const VERSIONS: Readonly<Record<InstanceEngineName, string>> = {
  mysql: '8.4.7',
  mariadb: '11.4.9',
  postgres: '17.6',
  oracle: '19.0.0.0.ru-2025-10.rur-2025-10.r1',
  sqlserver: '16.00.4236.2.v1',
  db2: '11.5.9.0.sb00089214.r1',
};

const ALL: readonly Engine[] = INSTANCE_ENGINES.flatMap((name): readonly Engine[] => {
  const { editions } = ENGINES[name];
  const version = VERSIONS[name];
  return editions.length === 0
    ? [{ name, version, edition: undefined }]
    : editions.map((edition) => ({ name, version, edition }));
});

it.each(ALL)('$name $edition is the same there and back', (engine) => {
  expect(engineFrom(cdkEngine(engine))).toStrictEqual(engine);
});

it('has the family that aws-cdk-lib gives, for every engine that it has', () => {
  const engines = ALL.map((engine) => ({ engine, cdk: cdkEngine(engine) })).filter(({ cdk }) => isInstanceEngine(cdk));
  expect(engines.map(({ engine }) => rdsEngineName(engine))).toStrictEqual([
    'mysql',
    'mariadb',
    'postgres',
    'oracle-ee',
    'sqlserver-ee',
  ]);
  for (const { engine, cdk } of engines) expect(parameterGroupFamily(engine)).toBe(cdk.parameterGroupFamily);
});

it('has the families of the engines that aws-cdk-lib does not have', () => {
  expect(
    ALL.filter(({ name }) => ['oracle', 'db2'].includes(name)).map((engine) => parameterGroupFamily(engine)),
  ).toStrictEqual([
    'oracle-ee-19',
    'oracle-ee-cdb-19',
    'oracle-se2-19',
    'oracle-se2-cdb-19',
    'db2-ae-11.5',
    'db2-se-11.5',
  ]);
});

it.each([
  ['db2', 'db.r6i.xlarge', false],
  ['mysql', 'db.t4g.micro', false],
  ['mariadb', 'db.t4g.small', false],
  ['mysql', 'db.t4g.medium', true],
  ['postgres', 'db.t4g.micro', true],
  ['mysql', undefined, true],
] as const)('%s on %s can have insights: %s', (engine, size, can) => {
  expect(canHaveInsights(engine, size)).toBe(can);
});

it.each([
  ['mariadb', '10.5.29', false],
  ['mariadb', '10.6.25', true],
  ['mariadb', '11.4.9', true],
  ['mysql', '8.4.7', true],
  ['postgres', undefined, true],
  ['oracle', VERSIONS.oracle, false],
  ['sqlserver', VERSIONS.sqlserver, false],
  ['db2', VERSIONS.db2, false],
] as const)('%s %s can authenticate by IAM: %s', (engine, version, can) => {
  expect(canAuthenticateByIam(engine, version)).toBe(can);
});
