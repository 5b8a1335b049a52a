import type { ScaledClock } from '../../scaled-clock';
import type { DatabaseBackend } from '../../servers/database-backend';
import type { ServedInstance, ServerWork } from '../../servers/server-work';
import type { FakeInstance } from './fake-instance';
import type { SqlBackend, SqlWork, SqlWorkKind } from './sql-backend';

/** Flags are of one instance alone. */
const FLAGS = 'flags';

const KINDS: Readonly<Record<SqlWorkKind, ServerWork['kind']>> = {
  ...{ replicate: 'replicate', promote: 'promote', switchover: 'hand-over', rejoin: 'rejoin' },
  ...{ restart: 'reboot', configure: 'configure', stop: 'stop', start: 'start' },
};

/** Real servers behind the instances of Cloud SQL. While they are at work, time runs slowly. */
export function servedSql(backend: DatabaseBackend, clock: Pick<ScaledClock, 'during' | 'atWork'>): SqlBackend {
  const work = async ({ kind, instance, source, patience }: SqlWork): Promise<void> => {
    await backend.carryOut({
      ...{ kind: KINDS[kind], instance: served(instance), source: source && served(source) },
      parameters: flagsOf(instance),
      ...(patience === undefined ? {} : { patience: (patience * 1000) / clock.atWork }),
    });
    // What is let in counts from its next connection on.
    if (kind === 'configure') backend.member(instance.region, instance.name).doors.shut = isClosed(instance);
  };
  return {
    carryOut: (asked) => clock.during(() => work(asked)),
    addressOf: (instance) => backend.adopt(served(instance)).address,
  };
}

const served = ({ region, name }: FakeInstance): ServedInstance => ({ region, id: name, parameterGroup: FLAGS });

const flagsOf = ({ settings: { databaseFlags = [] } }: FakeInstance): ServerWork['parameters'] =>
  databaseFlags.map(({ name, value }) => ({ name, value, method: 'immediate' }));

/** By its addresses: a private one is open to its network, a public one to networks that are named, an attachment to projects. */
function isClosed({ settings }: FakeInstance): boolean {
  const { privateNetwork, authorizedNetworks = [], pscConfig } = settings.ipConfiguration;
  const projects = pscConfig?.allowedConsumerProjects ?? [];
  return privateNetwork === undefined && authorizedNetworks.length === 0 && projects.length === 0;
}
