import { isIP } from 'node:net';
import type { GoogleEndpointSetting } from '../../../contract';
import type { Obstacle } from '../../../decision';
import type { Destination, EndpointRole, Procedure } from '../../../execution/ports';
import { canonical, obstacleOf, Pointing, unreadable } from '../../endpoints';
import { DENIED, type EndpointSurroundings, type GoogleEndpoint } from './google-endpoint';

type Setting = Extract<GoogleEndpointSetting, { kind: 'record' }>;

interface RecordSet {
  readonly name?: string;
  readonly type?: string;
  readonly ttl?: number;
  readonly rrdatas?: readonly string[];
}

/** Types that lead to a database; a name has one of them. */
const LEADING: ReadonlySet<string> = new Set(['A', 'CNAME']);

/**
 * A record of Cloud DNS. An instance has an address rather than a name, so it is an A record as a rule; a CNAME becomes one, and the
 * other way round, in one change: what is taken away has to be as it was read, so that nobody else's change is lost.
 */
export class RecordEndpoint implements GoogleEndpoint {
  readonly id: string;
  readonly role: EndpointRole;
  readonly #setting: Setting;
  readonly #around: EndpointSurroundings;

  constructor(setting: Setting, around: EndpointSurroundings) {
    this.id = `record:${setting.zone}/${canonical(setting.name)}`;
    this.role = setting.role;
    this.#setting = setting;
    this.#around = around;
  }

  async read(): Promise<string> {
    return targetOf(await this.#look());
  }

  point({ address }: Destination): Procedure {
    return this.goBack(canonical(address.host));
  }

  goBack(to: string): Procedure {
    return new Pointing({
      ...{ clock: this.#around.clock, id: this.id, wanted: to },
      read: () => this.read(),
      write: () => this.#write(to),
    });
  }

  obstacles(): Promise<readonly Obstacle[]> {
    const { name, zone } = this.#setting;
    return obstacleOf(this.id, () => this.read(), {
      denied: DENIED,
      missing: `make an A record or a CNAME ${name} in the zone ${zone}`,
    });
  }

  async #look(): Promise<RecordSet> {
    const { rrsets = [] } = await this.#around.rest.call<{ readonly rrsets?: readonly RecordSet[] }>({
      ...{ method: 'dns.resourceRecordSets.list', resource: this.id, verb: 'GET', path: this.#path('rrsets') },
      query: { name: this.#name },
    });
    const found = rrsets.filter(({ type = '' }) => LEADING.has(type));
    const [record] = found;
    if (record !== undefined && found.length === 1 && record.rrdatas?.length === 1) return record;
    const what = record === undefined ? 'is not there' : 'has several values, or is routed';
    throw unreadable(this.id, what, 'allowed is one A record or CNAME with one value');
  }

  async #write(to: string): Promise<void> {
    const before = await this.#look();
    const type = isIP(to) === 4 ? 'A' : 'CNAME';
    const addition = { name: this.#name, type, ttl: this.#setting.ttl, rrdatas: [type === 'A' ? to : `${to}.`] };
    await this.#around.rest.call({
      ...{ method: 'dns.changes.create', resource: this.id, verb: 'POST', path: this.#path('changes') },
      body: { deletions: [before], additions: [addition] },
    });
  }

  get #name(): string {
    return `${canonical(this.#setting.name)}.`;
  }

  #path(what: string): string {
    return `/dns/v1/projects/${this.#around.project}/managedZones/${encodeURIComponent(this.#setting.zone)}/${what}`;
  }
}

const targetOf = ({ rrdatas = [] }: RecordSet): string => canonical(rrdatas[0] ?? '');
