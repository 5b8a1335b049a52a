/** The services that a run calls, by the first part of their host name. */
export type GoogleService = 'sqladmin' | 'monitoring' | 'firestore' | 'dns' | 'secretmanager' | 'pubsub';

/**
 * Every method that is called: what each of them needs of IAM is written down in the component that makes the role, and a test
 * holds the two against each other.
 */
export type GoogleMethod =
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
