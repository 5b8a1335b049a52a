import { UnderstudyError } from '../../topology';
import { ApiRefusal } from '../api-refusal';
import type { Clock } from '../clock';
import { addressOf, compareRecordSets, domainName, type RecordSet } from './record-set';

/** A record that is there from the start. */
export interface RecordSeed {
  readonly name: string;
  readonly type: RecordSet['Type'];
  readonly values: readonly string[];
  /** Seconds. @default 60 */
  readonly ttl?: number;
}

/** A hosted zone that is there from the start. */
export interface ZoneSeed {
  /** As in `Z0123456789ABCDEFGHIJ`. */
  readonly id: string;
  /** The domain. */
  readonly name: string;
  /** @default false */
  readonly private?: boolean;
  /** @default none */
  readonly records?: readonly RecordSeed[];
}

export interface Zone {
  readonly id: string;
  readonly name: string;
  readonly private: boolean;
  /** In the order of the API. */
  readonly records: readonly RecordSet[];
}

/** A batch of changes that was accepted. */
export interface DnsChange {
  readonly id: string;
  readonly zoneId: string;
  readonly comment: string | undefined;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** From when on all name servers know it. */
  readonly inSyncAt: number;
}

export interface ZonesOptions {
  readonly clock: Clock;
  readonly zones?: readonly ZoneSeed[];
  /** Seconds from a change until all name servers know it. */
  readonly propagationSeconds: number;
}

/** The hosted zones. They are of no Region. */
export class Zones {
  readonly #options: ZonesOptions;
  readonly #zones = new Map<string, Zone>();
  readonly #changes = new Map<string, DnsChange>();
  /** What the name servers say, before each change that they do not know yet. */
  readonly #before = new Map<string, Zone>();

  constructor(options: ZonesOptions) {
    this.#options = options;
    for (const seed of options.zones ?? []) {
      if (this.#zones.has(seed.id)) {
        throw new UnderstudyError('seed-refused', `the zone ${seed.id} is twice; allowed is once; rename one`);
      }
      this.#zones.set(seed.id, zoneOf(seed));
    }
  }

  find(id: string): Zone | undefined {
    return this.#zones.get(id);
  }

  /** The values that the control plane has for a name; none if there is no such record. */
  values(zoneId: string, name: string, type: RecordSet['Type'] = 'CNAME'): readonly string[] {
    return valuesIn(this.find(zoneId), name, type);
  }

  /** What name servers answer: what was before a change until it is in sync, all at once. Assumed: never tried live. */
  resolve(zoneId: string, name: string, type: RecordSet['Type'] = 'CNAME'): readonly string[] {
    const pending = [...this.#changes.values()].find((change) => change.zoneId === zoneId && !this.isInSync(change));
    return valuesIn(pending ? this.#before.get(pending.id) : this.find(zoneId), name, type);
  }

  /** @throws ApiRefusal NoSuchHostedZone */
  get(id: string): Zone {
    const found = this.find(id);
    if (found) return found;
    throw new ApiRefusal('NoSuchHostedZone', `No hosted zone found with ID: ${id}`, 404);
  }

  /** @throws ApiRefusal NoSuchChange */
  change(id: string): DnsChange {
    const found = this.#changes.get(id);
    if (found) return found;
    throw new ApiRefusal('NoSuchChange', `Could not find resource with ID: ${id}`, 404);
  }

  isInSync({ inSyncAt }: DnsChange): boolean {
    return inSyncAt <= this.#options.clock.now();
  }

  /** Takes other records for all of a zone's. */
  replace(zone: Zone, records: readonly RecordSet[], comment: string | undefined): DnsChange {
    const at = this.#options.clock.now();
    const id = `C${String(this.#changes.size + 1).padStart(20, '0')}`;
    const inSyncAt = at + this.#options.propagationSeconds * 1000;
    const change = { id, zoneId: zone.id, comment, at, inSyncAt };
    this.#changes.set(id, change);
    this.#before.set(id, zone);
    this.#zones.set(zone.id, { ...zone, records: [...records].sort(compareRecordSets) });
    return change;
  }
}

function zoneOf({ id, name, private: isPrivate = false, records = [] }: ZoneSeed): Zone {
  const sets = records.map(({ name: Name, type: Type, values, ttl: TTL = 60 }) => ({
    ...{ Name: domainName(Name), Type, TTL },
    ResourceRecords: values.map((Value) => ({ Value })),
  }));
  return { id, name: domainName(name), private: isPrivate, records: sets.sort(compareRecordSets) };
}

function valuesIn(zone: Zone | undefined, name: string, type: RecordSet['Type']): readonly string[] {
  const address = addressOf({ Name: name, Type: type });
  const sets = zone?.records.filter(({ Name, Type }) => addressOf({ Name, Type }) === address) ?? [];
  return sets.flatMap(({ ResourceRecords, AliasTarget }) =>
    AliasTarget ? [AliasTarget.DNSName] : (ResourceRecords ?? []).map(({ Value }) => Value),
  );
}
