import { gzipSync } from 'node:zlib';
import { googlePorts } from '../../../runbook/adapters/gcp';
import { firestoreDatabase, type GoogleRunbookSettings } from '../../../runbook/contract';
import type { Ports } from '../../../runbook/execution/ports';
import type { Topology } from '../../../topology';
import type { EmbeddedGoogle } from '../../gcp/embedded-google';
import type { ScaledClock } from '../../scaled-clock';
import type { Random } from '../../seeded-random';
import type { DatabaseBackend } from '../../servers/database-backend';
import { scaledProbe } from '../../servers/scaled-probe';
import { boundsAt } from '../bounds-at';
import type { RehearsalEngine } from '../played-engine';
import { endpointsOf, LOGIN } from './cloud-sql-names';
import { reachedProbe } from './reached-probe';

export interface CloudSqlParts {
  readonly topology: Topology;
  readonly engine: RehearsalEngine;
  /** Where the runbook runs. */
  readonly region: string;
  readonly clock: ScaledClock;
  readonly random: Random;
  readonly backend: DatabaseBackend;
  readonly google: EmbeddedGoogle;
  /** Where Google is served. */
  readonly url: string;
}

/** The ports as the deployed runbook has them, over HTTP to the embedded Google. */
export function cloudSqlPorts({ topology, engine, region, clock, random, backend, google, url }: CloudSqlParts): Ports {
  const settings: GoogleRunbookSettings = {
    ...{ version: 1, cloud: 'gcp', topology: gzipSync(JSON.stringify(topology)).toString('base64') },
    ...{ project: google.project, region, database: firestoreDatabase(topology.name, region) },
    topic: `projects/${google.project}/topics/told`,
    endpoints: endpointsOf(topology.gcp?.drReplica !== undefined),
    ...{ secret: LOGIN, isConnected: true },
  };
  const { ports } = googlePorts(settings, {
    ...{ endpoint: url, token: () => Promise.resolve('rehearsal'), tls: 'off', random, bounds: boundsAt(clock) },
    clock: { now: () => clock.now() / 1000, wait: (seconds) => clock.wait(seconds) },
  });
  const probe = reachedProbe(ports.probe, { network: backend.network, region, engine });
  return { ...ports, probe: scaledProbe(probe, clock) };
}
