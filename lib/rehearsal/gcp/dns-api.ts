import { GoogleRefusal, noSuchMethod, type GoogleApi } from './google-service';

export interface RecordSet {
  readonly name: string;
  readonly type: string;
  readonly ttl: number;
  readonly rrdatas: readonly string[];
}

interface Change {
  readonly additions?: readonly RecordSet[];
  readonly deletions?: readonly RecordSet[];
}

/** Managed zones of Cloud DNS, and what is in them. */
export class DnsZones {
  readonly #zones: ReadonlyMap<string, RecordSet[]>;

  constructor(zones: Readonly<Record<string, readonly RecordSet[]>>) {
    this.#zones = new Map(Object.entries(zones).map(([zone, records]) => [zone, [...records]]));
  }

  /** @throws GoogleRefusal */
  records(zone: string): RecordSet[] {
    const found = this.#zones.get(zone);
    if (found) return found;
    throw new GoogleRefusal(404, 'notFound', `The 'parameters.managedZone' resource named '${zone}' does not exist.`);
  }

  /** What is taken away must be there, as it is said; what is added must not. */
  change(zone: string, { additions = [], deletions = [] }: Change): unknown {
    const records = this.records(zone);
    const left = records.filter((each) => !deletions.some((gone) => isSame(gone, each)));
    if (left.length !== records.length - deletions.length) {
      throw new GoogleRefusal(412, 'conditionNotMet', 'Precondition not met for a deletion.');
    }
    const twice = additions.find(({ name, type }) => left.some((each) => each.name === name && each.type === type));
    if (twice) throw new GoogleRefusal(409, 'alreadyExists', `The resource '${twice.name}' already exists.`);
    records.splice(0, records.length, ...left, ...additions);
    return { kind: 'dns#change', status: 'pending', additions, deletions };
  }
}

const isSame = (one: RecordSet, other: RecordSet): boolean =>
  one.name === other.name &&
  one.type === other.type &&
  one.ttl === other.ttl &&
  one.rrdatas.join() === other.rrdatas.join();

export function dnsApi(zones: DnsZones): GoogleApi {
  return {
    name: 'dns',
    read: (request) => {
      const [, zone = '', kind] =
        /^\/dns\/v1\/projects\/[^/]+\/managedZones\/([^/]+)\/(rrsets|changes)$/.exec(request.path) ?? [];
      const { query, verb, body } = request;
      if (kind === 'rrsets' && verb === 'GET') {
        const [name, type] = [query.get('name'), query.get('type')];
        const perform = (): unknown => ({
          rrsets: zones
            .records(zone)
            .filter((each) => (name === null || each.name === name) && (type === null || each.type === type)),
        });
        return { action: 'resourceRecordSets.list', resource: zone, isMutating: false, perform };
      }
      if (kind !== 'changes' || verb !== 'POST') throw noSuchMethod(request);
      return {
        ...{ action: 'changes.create', resource: zone, isMutating: true },
        perform: () => zones.change(zone, body as Change),
      };
    },
  };
}
