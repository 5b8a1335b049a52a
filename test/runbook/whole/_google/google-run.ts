import { gzipSync } from 'node:zlib';
import { EmbeddedGoogle, serveGoogle, VirtualClock, type EmbeddedGoogleOptions } from '../../../../lib/rehearsal';
import { googlePorts } from '../../../../lib/runbook/adapters/gcp';
import type { GoogleRunbookSettings, RunbookEvent, RunbookResult } from '../../../../lib/runbook/contract';
import { runRunbook, watch, type Host, type Ports } from '../../../../lib/runbook/execution';
import { define, isUnderstudyError, type Topology, type TopologyInput } from '../../../../lib/topology';
import { isCrash } from '../../execution/_world/runner';
import { SimulatedGoogle } from './simulated-google';

export interface GoogleRun {
  readonly google: EmbeddedGoogle;
  readonly time: VirtualClock;
  readonly databases: SimulatedGoogle;
  readonly ports: Ports;
  readonly topology: Topology;
  readonly settings: GoogleRunbookSettings;
  readonly ask: (event: RunbookEvent, host?: Partial<Host>, ports?: Ports) => Promise<RunbookResult>;
  /** Asks for a plan, approves it, and goes on with it in as many invocations as it takes. */
  readonly carry: (
    mode: 'switchover' | 'failover',
    consent?: Partial<RunbookEvent>,
    runners?: Partial<Runners>,
  ) => Promise<RunbookResult>;
  /** The watch, once a minute for so many. */
  readonly watched: (minutes: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Who runs it, by how manyeth invocation it is. */
interface Runners {
  readonly portsOf: (invocation: number) => Ports;
  /** Seconds that the host lives. @default for ever */
  readonly lifeOf: (invocation: number) => number | undefined;
}

const ZONE = 'shop-internal';
const DATABASE = 'understudy-orders-europe-north1';

/** The runbook with its real adapters, on Google over HTTP, in virtual time. */
export async function googleRun(input: TopologyInput, options: EmbeddedGoogleOptions): Promise<GoogleRun> {
  const topology = define(input);
  const time = new VirtualClock();
  const place = (options.instances ?? []).findIndex(({ follows }) => follows === undefined);
  const host = `10.0.0.${place + 1}`;
  const google = new EmbeddedGoogle({
    clock: time,
    database: DATABASE,
    zones: { [ZONE]: [{ name: 'db.shop.', type: 'A', ttl: 5, rrdatas: [host] }] },
    secrets: { app: JSON.stringify({ username: 'shop', password: 'hunter2', host, port: 5432 }) },
    ...options,
  });
  const server = await serveGoogle(google);
  const settings: GoogleRunbookSettings = {
    ...{ version: 1, cloud: 'gcp', project: 'acme-prod', region: 'europe-north1', database: DATABASE },
    topology: gzipSync(JSON.stringify(topology)).toString('base64'),
    topic: 'projects/acme-prod/topics/orders-runbook',
    endpoints: [
      { kind: 'record', role: 'writer', zone: ZONE, name: 'db.shop', ttl: 5 },
      { kind: 'secret', role: 'writer', id: 'app' },
    ],
    isConnected: true,
  };
  const clock = { now: () => time.now() / 1000, wait: (seconds: number) => time.wait(seconds) };
  const databases = new SimulatedGoogle(google);
  const real = googlePorts(settings, {
    clock,
    endpoint: server.url,
    token: () => Promise.resolve('ann'),
    random: () => 0,
  }).ports;
  const ports: Ports = { ...real, probe: databases };
  let runs = 0;
  const ask: GoogleRun['ask'] = (event, host = {}, own = ports) => {
    const usual: Host = {
      ...{ holder: 'operator', newRunId: () => `run-${(runs += 1)}`, random: () => 0.5 },
      command: (asked) => JSON.stringify(asked),
    };
    return runRunbook(event, { ports: own, topology, host: { ...usual, ...host } });
  };
  return {
    ...{ google, time, databases, ports, topology, settings, ask },
    carry: (mode, consent = {}, { portsOf = () => ports, lifeOf = () => undefined } = {}) =>
      carried({ ask, clock, portsOf, lifeOf }, mode, consent),
    watched: async (minutes) => {
      for (let minute = 0; minute < minutes; minute += 1) {
        await watch(ports, topology);
        time.advance(60);
      }
    },
    close: () => server.close(),
  };
}

type Carrying = Pick<GoogleRun, 'ask'> & Runners & { readonly clock: Ports['clock'] };

async function carried(
  { ask, clock, portsOf, lifeOf }: Carrying,
  mode: 'switchover' | 'failover',
  consent: Partial<RunbookEvent>,
): Promise<RunbookResult> {
  const plan = await ask({ mode: 'plan', ...consent });
  if (plan.planHash === undefined || plan.outcome !== 'DONE') return plan;
  const event = { mode, reason: 'a drill', approve: plan.planHash, runId: 'R', ...consent } as RunbookEvent;
  for (let invocation = 1; invocation <= 60; invocation += 1) {
    try {
      const life = lifeOf(invocation);
      const until = life === undefined ? {} : { until: clock.now() + life };
      const result = await ask(event, { holder: `runner ${invocation}`, ...until }, portsOf(invocation));
      if (result.outcome !== 'IN_PROGRESS') return result;
      await clock.wait(result.resumeAfter ?? 0);
    } catch (error) {
      if (!isUnderstudyError(error) && !isCrash(error)) throw error;
      await clock.wait(121);
    }
  }
  throw new Error('after 60 invocations the run is not over');
}
