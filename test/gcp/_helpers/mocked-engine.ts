import * as pulumi from '@pulumi/pulumi';
import { CloudSqlTopology, type CloudSqlTopologyArgs } from '../../../lib/gcp';

interface Made {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
}

export const INSTANCE = 'gcp:sql/databaseInstance:DatabaseInstance';

/** What Pulumi was asked for and told, by one test. Resources are asked for in no certain order. */
export const engine = {
  made: [] as Made[],
  logged: [] as string[],
  /** DR replicas, with their projects, that Cloud SQL has designated by now. */
  designated: [] as string[],
};

/** To be called once in a file: everything in it is made in a deployment that makes whatever it is asked for. */
export function mockEngine(): void {
  beforeAll(() => pulumi.runtime.setMocks({ newResource, call: () => ({}) }, 'shop', 'test', false));
  beforeEach(() => {
    Object.assign(engine, { made: [], logged: [], designated: [] });
    jest.spyOn(pulumi.log, 'warn').mockImplementation((message) => {
      engine.logged.push(message);
      return Promise.resolve();
    });
  });
  afterEach(() => jest.restoreAllMocks());
  // What is still asked for then would be after the end of the file.
  afterAll(() => pulumi.runtime.disconnect());
}

function newResource({ type, name, inputs }: pulumi.runtime.MockResourceArgs): pulumi.runtime.MockResourceResult {
  const given = inputs as Record<string, unknown>;
  engine.made.push({ type, name, inputs: given });
  const cluster = given['replicationCluster'] as { readonly failoverDrReplicaName: string } | undefined;
  // A new instance says nothing of a designation: the provider sends it with updates only.
  const isDesignated = engine.designated.includes(cluster?.failoverDrReplicaName ?? '');
  const replicationCluster = {
    ...(isDesignated ? cluster : {}),
    psaWriteEndpoint: `primary.${name}.global.sql-psa.goog.`,
  };
  return { id: `${name}-id`, state: { ...given, connectionName: `acme-prod:r:${name}`, replicationCluster } };
}

/** What an output becomes, when it becomes something. */
export function value<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => {
    output.apply(resolve);
  });
}

/** What is thrown. */
export function refusal(make: () => unknown): unknown {
  try {
    make();
  } catch (error) {
    return error;
  }
  return undefined;
}

/** The component, when all of its instances are made. */
export async function render(
  args: CloudSqlTopologyArgs,
  options?: pulumi.ComponentResourceOptions,
): Promise<CloudSqlTopology> {
  const database = new CloudSqlTopology('orders', args, options);
  await value(database.pending);
  await value(database.connectionNames);
  return database;
}

/** What was asked for under a name. */
export function inputsOf(name: string): Record<string, unknown> {
  return engine.made.find((each) => each.name === name)?.inputs ?? {};
}
