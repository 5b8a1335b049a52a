import {
  AddTagsToResourceCommand,
  CopyDBParameterGroupCommand,
  CreateDBInstanceReadReplicaCommand,
  CreateDBParameterGroupCommand,
  DescribeDBInstancesCommand,
  DescribeDBParametersCommand,
  ModifyDBInstanceCommand,
  ModifyDBParameterGroupCommand,
  PromoteReadReplicaCommand,
  RebootDBInstanceCommand,
  RemoveTagsFromResourceCommand,
  type CreateDBInstanceReadReplicaCommandInput,
  type DBInstance,
  type ModifyDBInstanceCommandInput,
  type RDSClient,
} from '@aws-sdk/client-rds';
import { isAwsCallError } from '../aws-call-error';
import { boundedCall, type SendOptions } from '../bounded-call';
import { USUAL_BOUNDS, type Bounds, type Purpose } from '../client-settings';
import type { FleetClients } from './fleet-clients';
import type { Place } from './place';

type Send<T> = (client: RDSClient, options: SendOptions) => Promise<T>;

interface Asked {
  readonly action: string;
  readonly purpose: Purpose;
  readonly region: string;
  readonly resource: string;
}

/** RDS as the fleet uses it: every call is bounded, those that change something are made once. */
export class RdsGateway {
  readonly #clients: FleetClients;
  readonly #bounds: Bounds;

  constructor(clients: FleetClients, bounds: Bounds = USUAL_BOUNDS) {
    this.#clients = clients;
    this.#bounds = bounds;
  }

  /** @returns undefined if RDS has none of that name there */
  async describe({ identifier, region }: Place): Promise<DBInstance | undefined> {
    const command = new DescribeDBInstancesCommand({ DBInstanceIdentifier: identifier });
    const asked = { action: 'DescribeDBInstances', purpose: 'read', region, resource: identifier } as const;
    const answer = await orUndefined(
      this.#call(asked, (client, options) => client.send(command, options)),
      'DBInstanceNotFound',
    );
    return answer?.DBInstances?.[0];
  }

  async promote({ identifier, region }: Place, retention: number): Promise<void> {
    const input = { DBInstanceIdentifier: identifier, BackupRetentionPeriod: retention };
    await this.#change('PromoteReadReplica', { identifier, region }, (client, options) =>
      client.send(new PromoteReadReplicaCommand(input), options),
    );
  }

  async modify(place: Place, changes: Partial<ModifyDBInstanceCommandInput>): Promise<void> {
    const input = { DBInstanceIdentifier: place.identifier, ...changes, ApplyImmediately: true };
    await this.#change('ModifyDBInstance', place, (client, options) =>
      client.send(new ModifyDBInstanceCommand(input), options),
    );
  }

  async reboot(place: Place): Promise<void> {
    const input = { DBInstanceIdentifier: place.identifier };
    await this.#change('RebootDBInstance', place, (client, options) =>
      client.send(new RebootDBInstanceCommand(input), options),
    );
  }

  async createReplica(place: Place, settings: Partial<CreateDBInstanceReadReplicaCommandInput>): Promise<void> {
    const input = { DBInstanceIdentifier: place.identifier, ...settings };
    await this.#change('CreateDBInstanceReadReplica', place, (client, options) =>
      client.send(new CreateDBInstanceReadReplicaCommand(input), options),
    );
  }

  async tag(place: Place, { DBInstanceArn }: DBInstance, key: string, value: string): Promise<void> {
    const input = { ResourceName: DBInstanceArn, Tags: [{ Key: key, Value: value }] };
    await this.#change('AddTagsToResource', place, (client, options) =>
      client.send(new AddTagsToResourceCommand(input), options),
    );
  }

  async untag(place: Place, { DBInstanceArn }: DBInstance, keys: readonly string[]): Promise<void> {
    const input = { ResourceName: DBInstanceArn, TagKeys: [...keys] };
    await this.#change('RemoveTagsFromResource', place, (client, options) =>
      client.send(new RemoveTagsFromResourceCommand(input), options),
    );
  }

  /** What the parameters of a group were set to, by name; undefined if there is no such group. */
  async parameters({ region }: Place, group: string): Promise<ReadonlyMap<string, string | undefined> | undefined> {
    const asked = { action: 'DescribeDBParameters', purpose: 'read', region, resource: group } as const;
    const found = new Map<string, string | undefined>();
    let marker: string | undefined;
    do {
      // What is not set would be hundreds, four pages long.
      const command = new DescribeDBParametersCommand({ DBParameterGroupName: group, Source: 'user', Marker: marker });
      const answer = await orUndefined(
        this.#call(asked, (client, options) => client.send(command, options)),
        'DBParameterGroupNotFound',
      );
      if (answer === undefined) return undefined;
      for (const { ParameterName = '', ParameterValue } of answer.Parameters ?? [])
        found.set(ParameterName, ParameterValue);
      marker = answer.Marker;
    } while (marker !== undefined);
    return found;
  }

  /** RDS does not copy its default groups: one of their family is the same. */
  async copyParameterGroup({ region }: Place, from: string, to: string): Promise<void> {
    const description = `${from}, read-only while a promotion is under way`;
    const family = /^default\.(.+)$/.exec(from)?.[1];
    const place = { region, identifier: to };
    if (family !== undefined) {
      const input = { DBParameterGroupName: to, DBParameterGroupFamily: family, Description: description };
      await this.#change('CreateDBParameterGroup', place, (client, options) =>
        client.send(new CreateDBParameterGroupCommand(input), options),
      );
      return;
    }
    const input = {
      SourceDBParameterGroupIdentifier: from,
      TargetDBParameterGroupIdentifier: to,
      TargetDBParameterGroupDescription: description,
    };
    await this.#change('CopyDBParameterGroup', place, (client, options) =>
      client.send(new CopyDBParameterGroupCommand(input), options),
    );
  }

  async setParameter({ region }: Place, group: string, name: string, value: string): Promise<void> {
    const parameter = { ParameterName: name, ParameterValue: value, ApplyMethod: 'immediate' } as const;
    const input = { DBParameterGroupName: group, Parameters: [parameter] };
    await this.#change('ModifyDBParameterGroup', { region, identifier: group }, (client, options) =>
      client.send(new ModifyDBParameterGroupCommand(input), options),
    );
  }

  async #change(action: string, { region, identifier }: Place, send: Send<unknown>): Promise<void> {
    await this.#call({ action, purpose: 'change', region, resource: identifier }, send);
  }

  #call<T>({ action, purpose, region, resource }: Asked, send: Send<T>): Promise<T> {
    const subject = { service: 'rds', action, region, resource };
    const client = this.#clients.rds(region, purpose);
    return boundedCall(subject, (options) => send(client, options), this.#bounds);
  }
}

/** The SDK's name of an error ends in `Fault` or not, as its version has it. */
export async function orUndefined<T>(call: Promise<T>, code: string): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isAwsCallError(error) && (error.awsCode === code || error.awsCode === `${code}Fault`)) return undefined;
    throw error;
  }
}
