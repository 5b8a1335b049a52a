import { Client } from 'pg';
import { PostgresBackend, type InstanceSeed, type PostgresMember } from '../../../../lib/rehearsal';
import { cloudOn, type CloudOn } from '../../_helpers/cloud-on';
import { HOME } from '../../_helpers/stage';

export { QUARANTINE } from '../../_helpers/cloud-on';

export interface RealCloud extends CloudOn<PostgresMember> {
  /** A session of the master user, as a client in that Region opens it. */
  readonly connect: (id: string, from?: string, region?: string) => Promise<Client>;
}

const open: { readonly backend: PostgresBackend; readonly sessions: Client[] }[] = [];

export async function raise(seeds?: readonly InstanceSeed[]): Promise<RealCloud> {
  const made = await cloudOn(PostgresBackend.start, seeds);
  const { backend } = made;
  const sessions: Client[] = [];
  open.push({ backend, sessions });
  return {
    ...made,
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
