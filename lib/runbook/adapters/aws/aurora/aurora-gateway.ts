import {
  CopyDBClusterSnapshotCommand,
  DescribeDBClusterSnapshotsCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  DescribeEventsCommand,
  DescribeGlobalClustersCommand,
  FailoverDBClusterCommand,
  FailoverGlobalClusterCommand,
  ModifyDBClusterCommand,
  PromoteReadReplicaDBClusterCommand,
  RemoveFromGlobalClusterCommand,
  SwitchoverGlobalClusterCommand,
  type DBCluster,
  type DBClusterSnapshot,
  type DBInstance,
  type Event,
  type GlobalCluster,
  type ModifyDBClusterCommandInput,
  type RDSClient,
} from '@aws-sdk/client-rds';
import type { Instant } from '../../../decision';
import { boundedCall, type SendOptions } from '../bounded-call';
import { USUAL_BOUNDS, type Bounds, type Purpose } from '../client-settings';
import type { FleetClients } from '../fleet/fleet-clients';
import type { Place } from '../fleet/place';
import { orUndefined } from '../fleet/rds-gateway';

type Send<T> = (client: RDSClient, options: SendOptions) => Promise<T>;

/** More pages of events than this are not read: what is looked for is among the newest. */
const MOST_PAGES = 10;

/** RDS as the clusters' fleet uses it: every call is bounded, those that change something are made once. */
export class AuroraGateway {
  readonly #clients: FleetClients;
  readonly #bounds: Bounds;

  constructor(clients: FleetClients, bounds: Bounds = USUAL_BOUNDS) {
    this.#clients = clients;
    this.#bounds = bounds;
  }

  /** @returns undefined if there is none of that name */
  async global({ identifier, region }: Place): Promise<GlobalCluster | undefined> {
    const command = new DescribeGlobalClustersCommand({ GlobalClusterIdentifier: identifier });
    const call = this.#read('DescribeGlobalClusters', { identifier, region }, (client, options) =>
      client.send(command, options),
    );
    return (await orUndefined(call, 'GlobalClusterNotFound'))?.GlobalClusters?.[0];
  }

  /** @returns undefined if RDS has none of that name there */
  async cluster({ identifier, region }: Place): Promise<DBCluster | undefined> {
    const command = new DescribeDBClustersCommand({ DBClusterIdentifier: identifier });
    const call = this.#read('DescribeDBClusters', { identifier, region }, (client, options) =>
      client.send(command, options),
    );
    return (await orUndefined(call, 'DBClusterNotFound'))?.DBClusters?.[0];
  }

  /** The servers of a cluster: at most sixteen, so one page. */
  async servers({ identifier, region }: Place): Promise<readonly DBInstance[]> {
    const command = new DescribeDBInstancesCommand({ Filters: [{ Name: 'db-cluster-id', Values: [identifier] }] });
    const answer = await this.#read('DescribeDBInstances', { identifier, region }, (client, options) =>
      client.send(command, options),
    );
    return answer.DBInstances ?? [];
  }

  /** What RDS has told of clusters and instances in one Region since then, oldest first. */
  async events(region: string, since: Instant): Promise<readonly Event[]> {
    const found: Event[] = [];
    let marker: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const command = new DescribeEventsCommand({ StartTime: new Date(since * 1000), Marker: marker });
      const place = { identifier: 'clusters', region };
      const answer = await this.#read('DescribeEvents', place, (client, options) => client.send(command, options));
      found.push(...(answer.Events ?? []));
      marker = answer.Marker;
      if (marker === undefined) break;
    }
    return found;
  }

  async snapshots({ identifier, region }: Place): Promise<readonly DBClusterSnapshot[]> {
    const command = new DescribeDBClusterSnapshotsCommand({ DBClusterIdentifier: identifier });
    const answer = await this.#read('DescribeDBClusterSnapshots', { identifier, region }, (client, options) =>
      client.send(command, options),
    );
    return answer.DBClusterSnapshots ?? [];
  }

  /** Planned, and called where the primary is. */
  async switchOver(place: Place, targetArn: string): Promise<void> {
    const input = { GlobalClusterIdentifier: place.identifier, TargetDbClusterIdentifier: targetArn };
    await this.#change('SwitchoverGlobalCluster', place, (client, options) =>
      client.send(new SwitchoverGlobalClusterCommand(input), options),
    );
  }

  /** Unplanned, and called where the target is. Without the word that data may be lost it would be a switchover. */
  async failOver(place: Place, targetArn: string): Promise<void> {
    const input = {
      GlobalClusterIdentifier: place.identifier,
      TargetDbClusterIdentifier: targetArn,
      AllowDataLoss: true,
    };
    await this.#change('FailoverGlobalCluster', place, (client, options) =>
      client.send(new FailoverGlobalClusterCommand(input), options),
    );
  }

  async detach(place: Place, targetArn: string): Promise<void> {
    const input = { GlobalClusterIdentifier: place.identifier, DbClusterIdentifier: targetArn };
    await this.#change('RemoveFromGlobalCluster', place, (client, options) =>
      client.send(new RemoveFromGlobalClusterCommand(input), options),
    );
  }

  async failOverInside(place: Place, server: string): Promise<void> {
    const input = { DBClusterIdentifier: place.identifier, TargetDBInstanceIdentifier: server };
    await this.#change('FailoverDBCluster', place, (client, options) =>
      client.send(new FailoverDBClusterCommand(input), options),
    );
  }

  async promote(place: Place): Promise<void> {
    const input = { DBClusterIdentifier: place.identifier };
    await this.#change('PromoteReadReplicaDBCluster', place, (client, options) =>
      client.send(new PromoteReadReplicaDBClusterCommand(input), options),
    );
  }

  async modify(place: Place, changes: Partial<ModifyDBClusterCommandInput>): Promise<void> {
    const input = { DBClusterIdentifier: place.identifier, ...changes, ApplyImmediately: true };
    await this.#change('ModifyDBCluster', place, (client, options) =>
      client.send(new ModifyDBClusterCommand(input), options),
    );
  }

  async copySnapshot({ region }: Place, from: string, to: string): Promise<void> {
    const input = { SourceDBClusterSnapshotIdentifier: from, TargetDBClusterSnapshotIdentifier: to };
    await this.#change('CopyDBClusterSnapshot', { region, identifier: from }, (client, options) =>
      client.send(new CopyDBClusterSnapshotCommand(input), options),
    );
  }

  #read<T>(action: string, place: Place, send: Send<T>): Promise<T> {
    return this.#call(action, 'read', place, send);
  }

  async #change(action: string, place: Place, send: Send<unknown>): Promise<void> {
    await this.#call(action, 'change', place, send);
  }

  #call<T>(action: string, purpose: Purpose, { identifier, region }: Place, send: Send<T>): Promise<T> {
    const subject = { service: 'rds', action, region, resource: identifier };
    const client = this.#clients.rds(region, purpose);
    return boundedCall(subject, (options) => send(client, options), this.#bounds);
  }
}
