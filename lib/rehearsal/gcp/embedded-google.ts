import { FaultBook, type Fault, type Mishap } from '../fault';
import type { Clock } from '../clock';
import { VirtualClock } from '../virtual-clock';
import { DnsZones, dnsApi, type RecordSet } from './dns-api';
import { FirestoreDocuments, firestoreApi } from './firestore-api';
import { GoogleRefusal, type GoogleAction, type GoogleApi, type GoogleRequest } from './google-service';
import { LagHistory, monitoringApi } from './monitoring-api';
import { pubsubApi, type PublishedMessage } from './pubsub-api';
import { GoogleSecrets, secretManagerApi } from './secret-manager-api';
import type { SqlSeed } from './sql/fake-instance';
import type { GoogleTimes } from './sql/google-times';
import type { SqlBackend } from './sql/sql-backend';
import { sqlAdminApi } from './sql/sql-admin-api';
import { SqlInstances } from './sql/sql-instances';

export interface EmbeddedGoogleOptions {
  /** @default a VirtualClock */
  readonly clock?: Clock;
  /** @default 'acme-prod' */
  readonly project?: string;
  readonly instances?: readonly SqlSeed[];
  /** Database of Firestore. @default '(default)' */
  readonly database?: string;
  /** Record sets by managed zone. @default none */
  readonly zones?: Readonly<Record<string, readonly RecordSet[]>>;
  /** Values by the id of the secret. @default none */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly times?: Partial<GoogleTimes>;
  /** What stands behind the instances. @default nothing: they are records only */
  readonly backend?: SqlBackend;
}

/** A call that was made. */
export interface GoogleCallSeen {
  /** Milliseconds since 1970, by Google's clock. */
  readonly at: number;
  /** `sqladmin.instances.get` */
  readonly method: string;
  /** Of what it is about; `global`: of all. */
  readonly region: string;
  readonly resource: string;
  readonly isMutating: boolean;
  /** It was carried out, even if nobody was told. */
  readonly effect: boolean;
  /** `ok`, a word of the service, or how nothing was answered. */
  readonly outcome: string;
}

/** What a caller gets. */
export type GoogleReply =
  | { readonly kind: 'reply'; readonly status: number; readonly body: unknown; readonly afterSeconds: number }
  | { readonly kind: 'reset' }
  | { readonly kind: 'silence' };

/** Google Cloud, so far as a promotion needs it: in memory, in its own time, with the faults that it is told to have. */
export class EmbeddedGoogle {
  readonly clock: Clock;
  readonly project: string;
  readonly sql: SqlInstances;
  readonly lag: LagHistory;
  readonly firestore: FirestoreDocuments;
  readonly zones: DnsZones;
  readonly secrets: GoogleSecrets;
  readonly published: PublishedMessage[] = [];
  readonly calls: GoogleCallSeen[] = [];
  readonly #faults = new FaultBook();
  readonly #cuts = new Map<string, 'silence' | 'reset'>();
  readonly #apis: ReadonlyMap<string, GoogleApi>;

  constructor(options: EmbeddedGoogleOptions = {}) {
    const { clock = new VirtualClock(), project = 'acme-prod', instances = [], database = '(default)' } = options;
    this.clock = clock;
    this.project = project;
    const { times, backend } = options;
    this.sql = new SqlInstances({ clock, project, instances, ...(times && { times }), ...(backend && { backend }) });
    this.lag = new LagHistory(clock, this.sql);
    this.firestore = new FirestoreDocuments(project, database);
    this.zones = new DnsZones(options.zones ?? {});
    this.secrets = new GoogleSecrets(options.secrets ?? {});
    const apis = [
      sqlAdminApi(this.sql),
      monitoringApi(this.sql, this.lag),
      firestoreApi(this.firestore),
      dnsApi(this.zones),
      secretManagerApi(this.secrets),
      pubsubApi(this.published),
    ];
    this.#apis = new Map(apis.map((api) => [api.name, api]));
  }

  /** The calls that could have changed something. */
  get mutations(): readonly GoogleCallSeen[] {
    return this.calls.filter(({ isMutating }) => isMutating);
  }

  /** Adds faults. Their count of calls starts now; `action` is `instances.promoteReplica`. */
  inject(...faults: Fault[]): void {
    this.#faults.add(faults);
  }

  /** Calls about instances of a region are answered no more. [?] What the global API does when a region is lost is not known. */
  cut(region: string, how: 'silence' | 'reset' = 'reset'): void {
    this.#cuts.set(region, how);
    this.sql.lost.add(region);
  }

  reconnect(region: string): void {
    this.#cuts.delete(region);
    this.sql.recover(region);
  }

  /** Answers one call. */
  answer(service: string, request: GoogleRequest): GoogleReply {
    let action: GoogleAction;
    try {
      action = this.#actionOf(service, request);
    } catch (error) {
      return refused(error);
    }
    const { resource, isMutating, region = 'global' } = action;
    const at = this.clock.now();
    const { reply, effect } = this.#perform(service, action, region);
    const outcome = reply.kind === 'reply' ? outcomeOf(reply) : reply.kind;
    this.calls.push({ at, method: `${service}.${action.action}`, region, resource, isMutating, effect, outcome });
    return reply;
  }

  #actionOf(service: string, request: GoogleRequest): GoogleAction {
    const api = this.#apis.get(service);
    if (!api) throw new GoogleRefusal(404, 'NOT_FOUND', `no service ${service} here`);
    return api.read(request);
  }

  #perform(service: string, action: GoogleAction, region: string): Performed {
    const cut = this.#cuts.get(region);
    if (cut) return unheard({ kind: cut });
    const mishap = this.#faults.draw({ service, action: action.action, region, resource: action.resource });
    const refusal = mishap && refusalOf(mishap);
    if (refusal) return unheard(refused(refusal));
    if (mishap && 'effect' in mishap && mishap.effect === 'before') return unheard(interruption(mishap));
    const reply = this.#carryOut(action, mishap);
    const effect = reply.kind === 'reply' && reply.status === 200;
    if (mishap && 'effect' in mishap) return { reply: interruption(mishap), effect };
    if (mishap?.kind !== 'slow' || reply.kind !== 'reply') return { reply, effect };
    return { reply: { ...reply, afterSeconds: mishap.seconds }, effect };
  }

  #carryOut({ perform, performFailing = perform }: GoogleAction, mishap: Mishap | undefined): GoogleReply {
    try {
      const body = mishap?.kind === 'fails' ? performFailing(mishap.status) : perform();
      return { kind: 'reply', status: 200, body, afterSeconds: 0 };
    } catch (error) {
      return refused(error);
    }
  }
}

interface Performed {
  readonly reply: GoogleReply;
  /** It was carried out. */
  readonly effect: boolean;
}

const unheard = (reply: GoogleReply): Performed => ({ reply, effect: false });

function refusalOf(mishap: Mishap): GoogleRefusal | undefined {
  if (mishap.kind === 'throttle') return new GoogleRefusal(429, 'RESOURCE_EXHAUSTED', 'Quota exceeded.');
  if (mishap.kind === 'access-denied') return new GoogleRefusal(403, 'PERMISSION_DENIED', 'Permission denied.');
  if (mishap.kind === 'error') return new GoogleRefusal(mishap.httpStatus, mishap.code, mishap.message);
  return undefined;
}

const interruption = ({ kind }: Mishap): GoogleReply => ({ kind: kind === 'timeout' ? 'silence' : 'reset' });

/** What is no refusal is a defect of ours. */
function refused(error: unknown): GoogleReply {
  if (!(error instanceof GoogleRefusal)) throw error;
  return { kind: 'reply', status: error.httpStatus, body: error.body, afterSeconds: 0 };
}

function outcomeOf({ status, body }: Extract<GoogleReply, { kind: 'reply' }>): string {
  if (status === 200) return 'ok';
  const { error } = body as {
    readonly error: { readonly status?: string; readonly errors?: readonly { readonly reason: string }[] };
  };
  return error.status ?? error.errors?.[0]?.reason ?? String(status);
}
