/** What the runbook calls, and what each call needs of IAM. A test holds it against what the adapters call, both ways. */
type Needs = Readonly<Record<string, readonly string[]>>;

/**
 * On the project: Cloud SQL and Firestore know no smaller place for all of it. Nothing may be deleted.
 *
 * [?] `switchover` is taken to need what `promoteReplica` needs: no document names another permission. Source of the rest: Cloud SQL's
 * page "Project access control", the permissions of Firestore and of Cloud Monitoring.
 */
export const PROJECT_NEEDS: Needs = {
  'sqladmin.instances.get': ['cloudsql.instances.get'],
  'sqladmin.instances.insert': ['cloudsql.instances.create'],
  'sqladmin.instances.patch': ['cloudsql.instances.update'],
  'sqladmin.instances.promoteReplica': ['cloudsql.instances.promoteReplica'],
  'sqladmin.instances.restart': ['cloudsql.instances.restart'],
  'sqladmin.instances.switchover': ['cloudsql.instances.promoteReplica'],
  'sqladmin.operations.list': ['cloudsql.instances.get'],
  'monitoring.timeSeries.list': ['monitoring.timeSeries.list'],
  'firestore.documents.commit': ['datastore.entities.create', 'datastore.entities.update'],
  'firestore.documents.get': ['datastore.entities.get'],
  'firestore.documents.list': ['datastore.entities.list'],
};

/** On the managed zones of the names that it moves. */
export const ZONE_NEEDS: Needs = {
  'dns.changes.create': [
    ...['dns.changes.create', 'dns.resourceRecordSets.create'],
    ...['dns.resourceRecordSets.delete', 'dns.resourceRecordSets.update'],
  ],
  'dns.resourceRecordSets.list': ['dns.resourceRecordSets.list'],
};

/** On the secrets that it reads, and writes. */
export const SECRET_NEEDS: Needs = {
  'secretmanager.versions.access': ['secretmanager.versions.access'],
  'secretmanager.versions.add': ['secretmanager.versions.add'],
};

/** On its own topic. */
export const TOPIC_NEEDS: Needs = { 'pubsub.topics.publish': ['pubsub.topics.publish'] };

/** Each once, in order. */
export function permissionsOf(needs: Needs): string[] {
  return [...new Set(Object.values(needs).flat())].toSorted();
}
