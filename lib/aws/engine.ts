import * as rds from 'aws-cdk-lib/aws-rds';
import {
  AURORA_ENGINES,
  ENGINES,
  engineMajor,
  INSTANCE_ENGINES,
  UnderstudyError,
  type Engine,
  type EngineName,
} from '../topology';
import { isUnknown } from './known-values';

/** The engine as RDS names it: `postgres`, `oracle-ee`, `sqlserver-ee`, `db2-ae`. */
export function rdsEngineName({ name, edition }: Engine): string {
  return edition === undefined ? name : `${name}-${edition}`;
}

/**
 * Family of the engine's parameter groups, for example `postgres17`, `mysql8.4`, `sqlserver-ee-16.0`.
 *
 * @param otherwise for a version that is only known at deployment
 * @throws UnderstudyError when there is no version.
 */
export function parameterGroupFamily(engine: Engine, otherwise?: string): string {
  if (engine.version === undefined || isUnknown(engine.version)) {
    if (otherwise !== undefined) return otherwise;
    throw new UnderstudyError(
      'engine-version-missing',
      `the engine ${rdsEngineName(engine)} has no version; allowed: a full version; fix: give the engine a version`,
    );
  }
  const major = engineMajor(engine.name, engine.version);
  const separator = engine.edition === undefined ? '' : '-';
  return `${rdsEngineName(engine)}${separator}${major}${engine.name === 'sqlserver' ? '.0' : ''}`;
}

/** The topology's word for an engine of DB instances of `aws-cdk-lib`. */
export function engineFrom(engine: rds.IEngine): Engine {
  const [name = '', ...edition] = engine.engineType.split('-');
  if (!(name in ENGINES)) {
    throw new UnderstudyError(
      'engine-unknown',
      `the engine is ${engine.engineType}; allowed: ${INSTANCE_ENGINES.join(', ')} on RDS instances; fix: pass an engine of rds.DatabaseInstanceEngine, or Db2Engine`,
    );
  }
  return {
    name: name as EngineName,
    version: engine.engineVersion?.fullVersion,
    edition: edition.length === 0 ? undefined : edition.join('-'),
  };
}

/** The topology's word for an Aurora engine of `aws-cdk-lib`. */
export function clusterEngineFrom(engine: rds.IClusterEngine): Engine {
  const name = AURORA_ENGINES.find((each) => each === engine.engineType);
  if (name === undefined) {
    throw new UnderstudyError(
      'engine-unknown',
      `the engine is ${engine.engineType}; allowed: ${AURORA_ENGINES.join(', ')} of Aurora clusters; fix: pass an engine of rds.DatabaseClusterEngine`,
    );
  }
  return { name, version: engine.engineVersion?.fullVersion };
}

/** The `aws-cdk-lib` engine for the topology's; for Db2, which `aws-cdk-lib` does not have, what constructs need of one. */
export function cdkEngine(engine: Engine): rds.IEngine {
  const version = engine.version ?? '';
  const major = engineMajor(engine.name, version);
  switch (rdsEngineName(engine)) {
    case 'mysql':
      return rds.DatabaseInstanceEngine.mysql({ version: rds.MysqlEngineVersion.of(version, major) });
    case 'mariadb':
      return rds.DatabaseInstanceEngine.mariaDb({ version: rds.MariaDbEngineVersion.of(version, major) });
    case 'postgres':
      return rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.of(version, major) });
    case 'oracle-ee':
      return rds.DatabaseInstanceEngine.oracleEe({ version: rds.OracleEngineVersion.of(version, major) });
    case 'sqlserver-ee':
      return rds.DatabaseInstanceEngine.sqlServerEe({ version: rds.SqlServerEngineVersion.of(version, `${major}.00`) });
    case 'aurora-mysql':
      return rds.DatabaseClusterEngine.auroraMysql({ version: rds.AuroraMysqlEngineVersion.of(version, major) });
    case 'aurora-postgresql':
      return rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.of(version, major) });
    default:
      return { engineType: rdsEngineName(engine), engineVersion: { fullVersion: version, majorVersion: major } };
  }
}

/** True for engines that know how to bind to an instance: what `rds.DatabaseProxy` and others ask for. */
export function isInstanceEngine(engine: rds.IEngine): engine is rds.IInstanceEngine {
  return 'bindToInstance' in engine;
}
