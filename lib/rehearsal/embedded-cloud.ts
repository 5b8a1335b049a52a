import type { ApiCall } from './api-call';
import {
  interruption,
  perform,
  refused,
  unanswered,
  unknownService,
  type Answer,
  type Attempt,
  type Outcome,
} from './answer';
import { ApiRefusal } from './api-refusal';
import type { ApiRequest, ApiService } from './api-service';
import type { ClustersSeed } from './aurora/cluster';
import type { ClusterBackend } from './aurora/cluster-backend';
import { ClusterFleet } from './aurora/cluster-fleet';
import type { Clock } from './clock';
import { cloudWatchService } from './cloudwatch/cloudwatch-service';
import { Metrics, type MetricSample } from './cloudwatch/metrics';
import { dynamoDbService } from './dynamodb/dynamodb-service';
import type { TableSeed } from './dynamodb/table-seed';
import { Tables } from './dynamodb/tables';
import { FaultBook, type Fault, type Mishap } from './fault';
import { Fleet } from './rds/fleet';
import type { InstanceBackend } from './rds/instance-backend';
import type { InstanceSeed } from './rds/instance-seed';
import { rdsService } from './rds/rds-service';
import { route53Service } from './route-53/route-53-service';
import { Zones, type ZoneSeed } from './route-53/zones';
import { Secrets, type SecretSeed } from './secrets-manager/secrets';
import { secretsManagerService } from './secrets-manager/secrets-manager-service';
import { snsService } from './sns/sns-service';
import { Topics, type TopicSeed } from './sns/topics';
import { Parameters, type ParameterSeed } from './ssm/parameters';
import { ssmService } from './ssm/ssm-service';
import { USUAL_TIMES, type Timetable } from './timetable';
import { VirtualClock } from './virtual-clock';

export interface EmbeddedCloudOptions {
  /** @default a VirtualClock */
  readonly clock?: Clock;
  /** The account that everything is in. @default '123456789012' */
  readonly account?: string;
  /** Instances that are there from the start, available and replicating. */
  readonly instances?: readonly InstanceSeed[];
  /** Clusters, and the global database that they are in. @default none */
  readonly clusters?: ClustersSeed;
  /** DynamoDB tables. @default none */
  readonly tables?: readonly TableSeed[];
  /** What was measured before, besides the lag of the replicas. @default nothing */
  readonly metrics?: readonly MetricSample[];
  /** Parameters of Systems Manager. @default none */
  readonly parameters?: readonly ParameterSeed[];
  /** Secrets, with their replicas. @default none */
  readonly secrets?: readonly SecretSeed[];
  /** SNS topics. @default none */
  readonly topics?: readonly TopicSeed[];
  /** Hosted zones of Route 53. @default none */
  readonly zones?: readonly ZoneSeed[];
  readonly faults?: readonly Fault[];
  /** How long things take. @default see Timetable */
  readonly timetable?: Partial<Timetable>;
  /** What stands behind the instances. @default nothing: they are records only */
  readonly backend?: InstanceBackend;
  /** What stands behind the clusters. @default nothing: they are records only */
  readonly clusterBackend?: ClusterBackend;
}

/** How a Region that is cut off looks to whoever calls it: `unreachable` is silent for as long as one waits for a connection. */
export type Cut = 'silent' | 'unreachable' | 'reset';

const CUTS: Readonly<Record<Cut, Answer>> = {
  silent: { kind: 'silence', seconds: undefined },
  // As long as the runbook waits for a connection.
  unreachable: { kind: 'silence', seconds: 2 },
  reset: { kind: 'reset' },
};

const REFUSED_FIRST: ReadonlySet<Mishap['kind']> = new Set(['throttle', 'access-denied', 'error']);

/** AWS, so far as a promotion needs it: in memory, in its own time, with the faults that it is told to have. */
export class EmbeddedCloud {
  readonly clock: Clock;
  readonly account: string;
  /** The databases: to look at them, and to let things happen to them, without a call. */
  readonly fleet: Fleet;
  /** The clusters. */
  readonly clusters: ClusterFleet;
  /** DynamoDB, by Region. */
  readonly tables: Tables;
  /** CloudWatch: what is measured. */
  readonly metrics: Metrics;
  /** Parameter Store, by Region. */
  readonly parameters: Parameters;
  /** Secrets Manager. */
  readonly secrets: Secrets;
  /** SNS: what was published. */
  readonly topics: Topics;
  /** Route 53: what it was told, and what name servers answer. */
  readonly zones: Zones;
  readonly #faults = new FaultBook();
  readonly #services: ReadonlyMap<string, ApiService>;
  readonly #cuts = new Map<string, Cut>();
  readonly #calls: ApiCall[] = [];
  #requests = 0;

  constructor(options: EmbeddedCloudOptions = {}) {
    this.clock = options.clock ?? new VirtualClock();
    this.account = options.account ?? '123456789012';
    const { clock, account } = this;
    const times = { ...USUAL_TIMES, ...options.timetable };
    this.metrics = new Metrics({ clock, metrics: options.metrics ?? [], delaySeconds: times.metricDelay });
    this.fleet = new Fleet({ ...options, clock, account, watcher: this.metrics });
    const { clusters: seed, clusterBackend, timetable = {} } = options;
    this.clusters = new ClusterFleet({
      ...{ clock, account, timetable },
      ...(seed && { seed }),
      ...(clusterBackend && { backend: clusterBackend }),
    });
    this.tables = new Tables({ clock, tables: options.tables ?? [], staleSeconds: times.staleRead });
    this.parameters = new Parameters({ clock, parameters: options.parameters ?? [] });
    this.secrets = new Secrets({ clock, account, secrets: options.secrets ?? [] });
    this.topics = new Topics({ clock, account, topics: options.topics ?? [] });
    this.zones = new Zones({ clock, zones: options.zones ?? [], propagationSeconds: times.dnsPropagation });
    const services: readonly ApiService[] = [
      rdsService(this.fleet, this.clusters),
      dynamoDbService({ tables: this.tables, clock, account }),
      cloudWatchService(this.metrics),
      ssmService(this.parameters, account),
      secretsManagerService(this.secrets),
      snsService(this.topics),
      route53Service(this.zones),
    ];
    this.#services = new Map(services.map((service) => [service.profile.signedAs ?? service.profile.name, service]));
    this.inject(...(options.faults ?? []));
  }

  /** Every call so far, in order, with those that nobody was answered. */
  get calls(): readonly ApiCall[] {
    return this.#calls;
  }

  /** The calls that could have changed something. */
  get mutations(): readonly ApiCall[] {
    return this.#calls.filter(({ mutating }) => mutating);
  }

  /** Adds faults. Their count of calls starts now. */
  inject(...faults: Fault[]): void {
    this.#faults.add(faults);
  }

  clearFaults(): void {
    this.#faults.clear();
  }

  /** Cuts a Region off from whoever calls it. Its databases go on; {@link Fleet.setReplication} says what replicas notice. */
  cut(region: string, how: Cut = 'silent'): void {
    this.#cuts.set(region, how);
  }

  reconnect(region: string): void {
    this.#cuts.delete(region);
  }

  /** Answers one call. Never waits and never throws for anything that a caller could do. */
  answer(received: ApiRequest): Answer {
    this.fleet.settle();
    this.clusters.settle();
    this.#requests += 1;
    const requestId = `00000000-0000-4000-8000-${String(this.#requests).padStart(12, '0')}`;
    const service = this.#services.get(received.service);
    if (!service) return unknownService(received.service, requestId);

    const request = { ...received, region: service.profile.home ?? received.region };
    const call = service.read(request);
    const { answer, effect, outcome } = this.#outcomeOf({ request, service, call, requestId });
    this.#calls.push({
      at: this.clock.now(),
      requestId,
      service: service.profile.name,
      region: request.region,
      action: call.action,
      mutating: call.mutating,
      caller: request.caller,
      resource: call.resource,
      parameters: call.parameters,
      effect,
      outcome,
    });
    return answer;
  }

  #outcomeOf(attempt: Attempt): Outcome {
    const { request, service, call } = attempt;
    const cut = this.#cuts.get(request.region);
    if (cut) return unanswered(CUTS[cut], false);

    const mishap = this.#faults.draw({ ...call, service: service.profile.name, region: request.region });
    if (mishap && REFUSED_FIRST.has(mishap.kind)) return refused(attempt, this.#refusalOf(mishap, attempt));
    if (mishap && 'effect' in mishap && mishap.effect === 'before') return unanswered(interruption(mishap), false);

    const performed = perform(attempt, mishap);
    if (mishap && 'effect' in mishap) return unanswered(interruption(mishap), performed.effect);
    return performed;
  }

  #refusalOf(mishap: Mishap, { request, service: { profile }, call }: Attempt): ApiRefusal {
    if (mishap.kind === 'throttle') return new ApiRefusal(profile.throttling.code, profile.throttling.message);
    if (mishap.kind === 'error') return new ApiRefusal(mishap.code, mishap.message, mishap.httpStatus);
    const permission = `${profile.permissions ?? profile.name}:${call.action}`;
    const who = `User: arn:aws:iam::${this.account}:user/${request.caller}`;
    const what = call.deniedOn === undefined ? permission : `${permission} on resource: ${call.deniedOn}`;
    const why = `because no identity-based policy allows the ${permission} action`;
    const message = `${who} is not authorized to perform: ${what} ${why}`;
    return new ApiRefusal(profile.denial.code, message, profile.denial.httpStatus);
  }
}
