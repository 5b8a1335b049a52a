import type { RestClient } from '../rest/rest-client';
import type { GoogleCall } from '../rest/google-call';
import { operationIn, type Operation, type WireOperation } from './operation';
import type { SqlInstance, SqlSettings } from './sql-instance';

/** So many of the newest are looked at: those of a run are among them. */
const NEWEST = '30';

type Settings = { [Key in keyof SqlSettings]?: SqlSettings[Key] };

/** What an instance is made from. */
export interface NewReplica {
  readonly name: string;
  readonly region: string;
  readonly databaseVersion: string | undefined;
  readonly masterInstanceName: string;
  readonly settings: Settings;
  readonly diskEncryptionConfiguration?: { readonly kmsKeyName: string };
}

/** The Cloud SQL Admin API as the fleet uses it: what changes something is sent once. */
export class SqlAdmin {
  readonly #rest: RestClient;
  readonly #project: string;

  constructor(rest: RestClient, project: string) {
    this.#rest = rest;
    this.#project = project;
  }

  get project(): string {
    return this.#project;
  }

  /** @returns undefined if there is none of that name */
  get(name: string): Promise<SqlInstance | undefined> {
    return this.#rest.find({ method: 'sqladmin.instances.get', resource: name, verb: 'GET', path: this.#path(name) });
  }

  /** What was done with an instance lately, newest first. */
  async operations(name: string): Promise<readonly Operation[]> {
    const { items = [] } = await this.#rest.call<{ readonly items?: readonly WireOperation[] }>({
      ...{ method: 'sqladmin.operations.list', resource: name, verb: 'GET' },
      path: `/v1/projects/${this.#project}/operations`,
      query: { instance: name, maxResults: NEWEST },
    });
    return items.map(operationIn).toSorted((a, b) => b.insertedAt - a.insertedAt);
  }

  /** It never follows anybody again; with `failover`, whom it followed comes back as its replica. */
  async promote(name: string, isFailover: boolean): Promise<void> {
    // The body has to be empty.
    const query = isFailover ? { failover: 'true' } : {};
    await this.#post('sqladmin.instances.promoteReplica', name, 'promoteReplica', { query });
  }

  /** Loses nothing: Cloud SQL stops the writes, waits for this one, and turns the two round. SQL Server knows no patience. */
  async switchover({ name, databaseVersion = '' }: SqlInstance, patience: number): Promise<void> {
    const query: GoogleCall['query'] = databaseVersion.startsWith('SQLSERVER') ? {} : { dbTimeout: `${patience}s` };
    await this.#post('sqladmin.instances.switchover', name, 'switchover', { query });
  }

  async restart(name: string): Promise<void> {
    await this.#post('sqladmin.instances.restart', name, 'restart');
  }

  /** Only what is given changes, and only if nobody else has changed it since it was read. */
  async change({ name, settings }: SqlInstance, wanted: Settings): Promise<void> {
    const { settingsVersion } = settings ?? {};
    const body = { settings: { ...wanted, ...(settingsVersion === undefined ? {} : { settingsVersion }) } };
    const call = { method: 'sqladmin.instances.patch', resource: name, verb: 'PATCH' } as const;
    await this.#rest.call({ ...call, path: this.#path(name), body });
  }

  async createReplica(replica: NewReplica): Promise<void> {
    await this.#rest.call({
      ...{ method: 'sqladmin.instances.insert', resource: replica.name, verb: 'POST' },
      path: `/v1/projects/${this.#project}/instances`,
      body: { ...replica, instanceType: 'READ_REPLICA_INSTANCE' },
    });
  }

  async #post(
    method: GoogleCall['method'],
    name: string,
    action: string,
    { query = {} }: Pick<GoogleCall, 'query'> = {},
  ): Promise<void> {
    await this.#rest.call({ method, resource: name, verb: 'POST', path: `${this.#path(name)}/${action}`, query });
  }

  #path(name: string): string {
    return `/v1/projects/${this.#project}/instances/${encodeURIComponent(name)}`;
  }
}
