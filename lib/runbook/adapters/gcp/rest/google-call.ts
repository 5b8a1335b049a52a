/** The services that a run calls, by the first part of their host name. */
export type GoogleService =
  'sqladmin' | 'monitoring' | 'firestore' | 'dns' | 'secretmanager' | 'pubsub' | 'cloudfunctions';

/** Every method that is called by whoever runs the engine, and one that the command calls as a person to find a function. */
export type GoogleMethod = RunbookMethod | 'cloudfunctions.functions.get';

/**
 * Every method that a run calls: what each of them needs of IAM is written down in the component that makes the role, and a test
 * holds the two against each other.
 */
export type RunbookMethod =
  | 'sqladmin.instances.get'
  | 'sqladmin.instances.insert'
  | 'sqladmin.instances.patch'
  | 'sqladmin.instances.promoteReplica'
  | 'sqladmin.instances.restart'
  | 'sqladmin.instances.switchover'
  | 'sqladmin.operations.list'
  | 'monitoring.timeSeries.list'
  | 'firestore.documents.commit'
  | 'firestore.documents.get'
  | 'firestore.documents.list'
  | 'dns.changes.create'
  | 'dns.resourceRecordSets.list'
  | 'secretmanager.versions.access'
  | 'secretmanager.versions.add'
  | 'pubsub.topics.publish';

/** One call. */
export interface GoogleCall {
  readonly method: GoogleMethod;
  /** Name of what is called for, for a person: an instance, a document, a secret. */
  readonly resource: string;
  readonly verb: 'GET' | 'POST' | 'PATCH';
  /** Without the host, each part already encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  /** It changes nothing, so it may be repeated; GET is such a one. */
  readonly isRead?: boolean;
}

export const serviceOf = ({ method }: GoogleCall): GoogleService => method.split('.')[0] as GoogleService;

/** A call for a person: `sqladmin.instances.get of orders-bab`. */
export const titleOf = ({ method, resource }: GoogleCall): string => `${method} of ${resource}`;

export const isReading = ({ verb, isRead }: GoogleCall): boolean => isRead ?? verb === 'GET';
