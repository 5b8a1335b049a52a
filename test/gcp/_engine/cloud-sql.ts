import { isSqlServer } from './provider-diff';

/** A resource's properties, as they are sent: plain values. */
export type Properties = Readonly<Record<string, unknown>>;

/** Instances as Cloud SQL has them, by name. Whoever promotes without Pulumi changes them here. */
export class CloudSql {
  readonly instances = new Map<string, Record<string, unknown>>();
  /** What was done to it, in order: `create orders-ada`. */
  readonly calls: string[] = [];

  /** The provider never sends a designation with a creation. */
  create(name: string, { replicationCluster: _, ...inputs }: Properties): void {
    this.calls.push(`create ${name}`);
    this.instances.set(name, { instanceType: 'CLOUD_SQL_INSTANCE', ...structuredClone(inputs) });
    this.#countReplicas();
  }

  update(name: string, before: Properties, inputs: Properties): void {
    const instance = this.instance(name);
    const master = text(before['masterInstanceName']);
    const isTakingOver =
      before['instanceType'] === 'READ_REPLICA_INSTANCE' && inputs['instanceType'] === 'CLOUD_SQL_INSTANCE';
    if (isTakingOver) {
      // The provider's own check, and the provider's own way of telling the two apart.
      if (inputs['masterInstanceName'] !== undefined || inputs['replicaConfiguration'] !== undefined) {
        throw new Error(
          'Replica promote configuration check failed. Please remove master_instance_name/replica_configuration and try again.',
        );
      }
      if (list(inputs['replicaNames']).includes(master)) this.switchOver(name);
      else this.promote(name);
    }
    this.calls.push(`update ${name}`);
    const { replicaNames: _, masterInstanceName: __, instanceType: ___, ...sent } = inputs;
    Object.assign(instance, structuredClone(sent));
  }

  delete(name: string): void {
    this.calls.push(`delete ${name}`);
    this.instances.delete(name);
    this.#countReplicas();
  }

  /** Nothing is lost: the old primary follows the new one. */
  switchOver(name: string): void {
    this.calls.push(`switchover ${name}`);
    const instance = this.instance(name);
    const old = this.instance(text(instance['masterInstanceName']));
    turn(instance, undefined);
    turn(old, name);
    Object.assign(old, { replicationCluster: { failoverDrReplicaName: '' } });
    this.#countReplicas();
  }

  /** The old primary stays one. */
  promote(name: string): void {
    this.calls.push(`promote ${name}`);
    turn(this.instance(name), undefined);
    this.#countReplicas();
  }

  instance(name: string): Record<string, unknown> {
    const found = this.instances.get(name);
    if (found === undefined) throw new Error(`Error 404: the instance ${name} does not exist`);
    return found;
  }

  #countReplicas(): void {
    for (const [name, instance] of this.instances) {
      const followers = [...this.instances].filter(([, { masterInstanceName }]) => masterInstanceName === name);
      instance['replicaNames'] = followers.flatMap(([id, { instanceType }]) =>
        instanceType === 'READ_POOL_INSTANCE' ? [] : [id],
      );
    }
  }
}

function turn(instance: Record<string, unknown>, master: string | undefined): void {
  const settings = instance['settings'] as Record<string, unknown>;
  const isMySql = text(instance['databaseVersion']).startsWith('MYSQL');
  const isPrimary = master === undefined;
  instance['masterInstanceName'] = master ?? '';
  instance['instanceType'] = isPrimary ? 'CLOUD_SQL_INSTANCE' : 'READ_REPLICA_INSTANCE';
  delete instance['replicaConfiguration'];
  if (isPrimary) return;
  if (isSqlServer(instance)) instance['replicaConfiguration'] = { cascadableReplica: true };
  instance['settings'] = {
    ...settings,
    backupConfiguration: {
      enabled: false,
      ...(isMySql ? { binaryLogEnabled: true } : { pointInTimeRecoveryEnabled: false }),
    },
  };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
