import {
  CloudWatchClient,
  type GetMetricDataCommandInput,
  type GetMetricDataCommandOutput,
} from '@aws-sdk/client-cloudwatch';
import { RDSClient } from '@aws-sdk/client-rds';
import { AuroraFleet, type FleetClients } from '../../../../lib/runbook/adapters/aws';
import type { RunbookEvent, RunbookResult } from '../../../../lib/runbook/contract';
import { MemoryLedger, runRunbook, watch, type Host, type Notice, type Ports } from '../../../../lib/runbook/execution';
import { define, isUnderstudyError, type Topology, type TopologyInput } from '../../../../lib/topology';
import { isCrash } from '../../execution/_world/runner';
import { WorldHistory } from '../../execution/_world/world-history';
import { AuroraCloud } from './aurora-cloud';
import { answeredBy } from './answer-aurora';

export interface AuroraStage {
  readonly cloud: AuroraCloud;
  readonly topology: Topology;
  readonly ports: Ports;
  readonly told: readonly Notice[];
  /** Where the writer's name of this Region leads. */
  readonly writer: () => string;
  readonly ask: (event: RunbookEvent, host?: Partial<Host>, ports?: Ports) => Promise<RunbookResult>;
  /** Asks for a plan, and carries it out as often as it takes, with ports of its own for each invocation. */
  readonly carry: (
    mode: 'switchover' | 'failover',
    consent?: Partial<RunbookEvent>,
    portsOf?: (invocation: number) => Ports,
  ) => Promise<RunbookResult>;
  readonly watch: () => Promise<unknown>;
}

/** The runbook with its real adapter for clusters and the real SDK, on a cloud that is played, in virtual time. */
export function auroraStage(input: TopologyInput, prepare: (cloud: AuroraCloud) => void): AuroraStage {
  const topology = define(input);
  const cloud = new AuroraCloud();
  prepare(cloud);
  const clients = clientsOf(cloud);
  const clock = { now: () => cloud.now(), wait: (seconds: number) => cloud.clock.wait(seconds) };
  const told: Notice[] = [];
  let writer = 'somewhere';
  const ports: Ports = {
    clock,
    fleet: new AuroraFleet({ clients, clock }),
    probe: {
      isConnected: false,
      ask: () => Promise.reject(new Error('nobody is asked')),
      tryWrite: () => Promise.reject(new Error('nobody is asked')),
    },
    endpoints: {
      all: [
        {
          ...{ id: 'parameter:writer', role: 'writer' },
          read: () => Promise.resolve(writer),
          point: ({ address }) => setting(address.host),
          goBack: setting,
        },
      ],
      obstacles: () => Promise.resolve([]),
    },
    ledger: new MemoryLedger(),
    history: new WorldHistory(),
    notifier: { tell: (notice) => Promise.resolve(void told.push(notice)) },
  };
  function setting(host: string): ReturnType<Ports['endpoints']['all'][0]['point']> {
    return {
      next: () =>
        Promise.resolve(
          writer === host
            ? { kind: 'done', proof: host }
            : { kind: 'do', id: 'write', title: 'write', call: () => Promise.resolve(void (writer = host)) },
        ),
    };
  }
  let runs = 0;
  const ask: AuroraStage['ask'] = (event, host = {}, own = ports) => {
    const usual: Host = {
      holder: 'operator',
      newRunId: () => `run-${(runs += 1)}`,
      random: () => 0.5,
      command: (asked) => JSON.stringify(asked),
    };
    return runRunbook(event, { ports: own, topology, host: { ...usual, ...host } });
  };
  return {
    ...{ cloud, topology, ports, told, ask },
    writer: () => writer,
    carry: async (mode, consent = {}, portsOf = () => ports) => {
      const { reason: _, ...wishes } = { reason: '', ...consent };
      const plan = await ask({ mode: 'plan', ...wishes });
      if (plan.planHash === undefined || plan.outcome !== 'DONE') return plan;
      const event = { mode, reason: 'a drill', approve: plan.planHash, runId: 'R', ...consent } as RunbookEvent;
      for (let invocation = 1; invocation <= 60; invocation += 1) {
        try {
          const result = await ask(event, { holder: `runner ${invocation}` }, portsOf(invocation));
          if (result.outcome !== 'IN_PROGRESS') return result;
          await clock.wait(result.resumeAfter ?? 0);
        } catch (error) {
          if (!isUnderstudyError(error) && !isCrash(error)) throw error;
          await clock.wait(121);
        }
      }
      throw new Error('after 60 invocations the run is not over');
    },
    watch: () => watch(ports, topology),
  };
}

function clientsOf(cloud: AuroraCloud): FleetClients {
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'any' };
  const rds = new Map<string, RDSClient>();
  return {
    rds: (region) => {
      // Between two attempts of its own the SDK waits, and not in virtual time: the runbook looks again by itself.
      const settings = { region, credentials, maxAttempts: 1, requestHandler: answeredBy(cloud) };
      const client = rds.get(region) ?? new RDSClient(settings);
      rds.set(region, client);
      return client;
    },
    cloudWatch: (region) => metricsOf(cloud, region),
  };
}

/** Minutes, oldest first: half an hour. */
const AGO = Array.from({ length: 30 }, (_, index) => 30 - index);

/** CloudWatch has one sample a minute for whoever is asked for: 40 of whatever unit, where the cloud says nothing else. */
function metricsOf(cloud: AuroraCloud, region: string): CloudWatchClient {
  const client = new CloudWatchClient({ region });
  client.send = ({ input }: { readonly input: GetMetricDataCommandInput }) => {
    if (cloud.dead.has(region)) return Promise.reject(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
    const minute = Math.floor(cloud.now() / 60) * 60;
    const answer: Partial<GetMetricDataCommandOutput> = {
      MetricDataResults: (input.MetricDataQueries ?? []).map(({ Id, MetricStat }) => {
        const lagAt = cloud.lags.get(MetricStat?.Metric?.Dimensions?.[0]?.Value ?? '') ?? (() => 40);
        const times = AGO.map((ago) => minute - 60 * ago);
        return { Id, Timestamps: times.map((at) => new Date(at * 1000)), Values: times.map(lagAt) };
      }),
    };
    return Promise.resolve(answer);
  };
  return client;
}
