import type { EmbeddedCloud, Instance } from '../../lib/rehearsal';
import type { DatabaseProbe, DataPlaneSighting, Question } from '../../lib/runbook/execution';
import { TopologyView } from '../../lib/topology';

/** Conditions in which a database answers. */
const ANSWERING: ReadonlySet<string> = new Set(['available', 'modifying', 'backing-up', 'storage-optimization']);

/** Where the log of a member stands, at a time. */
interface Mark {
  readonly bytes: number;
  readonly at: number;
}

/**
 * Databases that are only said to be there: what they would answer follows from what the embedded cloud knows of them.
 *
 * The primary writes a byte each second. A replica has all of it while both run.
 */
export class SimulatedDatabases implements DatabaseProbe {
  readonly isConnected = true;
  readonly #cloud: EmbeddedCloud;
  readonly #killed = new Set<string>();
  readonly #marks = new Map<string, Mark>();

  constructor(cloud: EmbeddedCloud) {
    this.#cloud = cloud;
  }

  /** From now on it neither answers nor sends anything, whatever the cloud says of it. */
  kill(id: string): void {
    for (const { region, id: each } of this.#cloud.fleet.instances) this.#write(region, each);
    this.#killed.add(id);
  }

  ask(question: Question): Promise<DataPlaneSighting> {
    const { member } = question;
    const instance = this.#find(question);
    if (instance === undefined || !this.#answers(instance)) {
      return Promise.resolve({ id: member, dataPlane: 'unreachable', acceptsWrites: 'unknown' });
    }
    const now = this.#cloud.clock.now() / 1000;
    const { bytes, at } = this.#write(instance.region, instance.id);
    return Promise.resolve({
      id: member,
      dataPlane: 'reachable',
      acceptsWrites: accepts(instance) ? 'yes' : 'no',
      position: { appliedTo: at, error: 1, ordinal: bytes, unit: 'bytes', token: String(bytes), source: 'sql' },
      ...(instance.source !== undefined && this.#isFollowing(instance) ? { lastHeard: now } : {}),
    });
  }

  async tryWrite(question: Question): Promise<'yes' | 'no' | 'unknown'> {
    return (await this.ask(question)).acceptsWrites;
  }

  #find({ topology, member }: Question): Instance | undefined {
    const declared = new TopologyView(topology).get(member);
    return this.#cloud.fleet.find(declared?.region ?? '', declared?.aws.identifier ?? '');
  }

  #answers({ id, status, securityGroups, securityGroupStatus }: Instance): boolean {
    const isFenced = securityGroups.every((group) => group.includes('quarantine')) && securityGroupStatus === 'active';
    return !this.#killed.has(id) && ANSWERING.has(status) && !isFenced;
  }

  #isFollowing({ source }: Instance): boolean {
    const above = source === undefined ? undefined : this.#cloud.fleet.byArn(source);
    return above !== undefined && !this.#killed.has(above.id) && ANSWERING.has(above.status);
  }

  /** Brings a member's log up to now. */
  #write(region: string, id: string): Mark {
    const instance = this.#cloud.fleet.instance(region, id);
    const now = this.#cloud.clock.now() / 1000;
    const before = this.#marks.get(id) ?? { bytes: now, at: now };
    const mark = this.#killed.has(id) ? before : this.#next(instance, before, now);
    this.#marks.set(id, mark);
    return mark;
  }

  #next(instance: Instance, before: Mark, now: number): Mark {
    if (accepts(instance)) return { bytes: before.bytes + (now - before.at), at: now };
    const source = instance.source === undefined ? undefined : this.#cloud.fleet.byArn(instance.source);
    // A member that was frozen commits nothing more, and its clock goes on.
    if (source === undefined) return { bytes: before.bytes, at: now };
    return this.#killed.has(source.id) ? before : this.#write(source.region, source.id);
  }
}

function accepts({ source, status, parameterGroup, parameterStatus, replication }: Instance): boolean {
  const isFrozen = parameterGroup.endsWith('-freeze') && parameterStatus === 'in-sync';
  const isReplica = source !== undefined && replication !== undefined;
  return !isReplica && !isFrozen && ANSWERING.has(status);
}
