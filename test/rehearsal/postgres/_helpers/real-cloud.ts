import { Client } from 'pg';
import {
  EmbeddedCloud,
  PostgresBackend,
  ScaledClock,
  type Instance,
  type InstanceSeed,
  type PostgresMember,
} from '../../../../lib/rehearsal';
import { HOME, rdsRequest, TRIO } from '../../_helpers/stage';
import { until } from '../../_helpers/until';

export const QUARANTINE = 'sg-quarantine';

/** An embedded cloud with real servers, a hundred times as fast as time. */
export interface RealCloud {
  readonly cloud: EmbeddedCloud;
  readonly backend: PostgresBackend;
  readonly clock: ScaledClock;
  readonly member: (id: string, region?: string) => PostgresMember;
  readonly instance: (id: string, region?: string) => Instance;
  /** Calls RDS, and waits until the instance is through with it. */
  readonly call: (
    action: string,
    id: string,
    more?: Readonly<Record<string, string>>,
    region?: string,
  ) => Promise<void>;
  /** A session of the master user, as a client in that Region opens it. */
  readonly connect: (id: string, from?: string, region?: string) => Promise<Client>;
}

const open: { readonly backend: PostgresBackend; readonly sessions: Client[] }[] = [];

export async function raise(seeds: readonly InstanceSeed[] = TRIO): Promise<RealCloud> {
  const clock = new ScaledClock({ scale: 100 });
  const backend = await PostgresBackend.start({ seeds, closedGroups: [QUARANTINE], scale: 100 });
  const sessions: Client[] = [];
  open.push({ backend, sessions });
  const cloud = new EmbeddedCloud({ clock, instances: seeds, backend });
  const instance = (id: string, region = HOME): Instance => cloud.fleet.instance(region, id);
  return {
    ...{ cloud, backend, clock, instance },
    member: (id, region = HOME) => backend.member(region, id),
    call: async (action, id, more = {}, region = HOME) => {
      const body = new URLSearchParams({ Action: action, DBInstanceIdentifier: id, ...more }).toString();
      const answer = cloud.answer(rdsRequest(region, body));
      if (answer.kind !== 'reply' || answer.status !== 200) throw new Error(JSON.stringify(answer));
      await until(() => {
        const found = cloud.fleet.find(region, id);
        const { securityGroups, parameters } = found?.timers ?? {};
        return found?.procedure === undefined && securityGroups === undefined && parameters === undefined;
      }, 30);
    },
    connect: async (id, from = HOME, region = HOME) => {
      const { username: user, password, database } = backend.master;
      const { host, port } = backend.network.addressFrom(from, backend.member(region, id).doors.host);
      const client = new Client({ host, port, user, password, database, connectionTimeoutMillis: 1500 });
      client.on('error', () => undefined);
      sessions.push(client);
      await client.connect();
      return client;
    },
  };
}

export async function raze(): Promise<void> {
  for (const { backend, sessions } of open.splice(0)) {
    for (const session of sessions) session.connection.stream.destroy();
    await backend.close();
  }
}
