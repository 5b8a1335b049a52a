import { USUAL_TTL, usualParameter, type EndpointSetting } from '../../runbook/contract';
import type { EndpointRequest, Topology } from '../../topology';
import type { Clock } from '../clock';
import type { EmbeddedCloud, EmbeddedCloudOptions } from '../embedded-cloud';
import type { Address, Loopback } from '../servers/loopback';

type Role = EndpointSetting['role'];
type Of<Kind extends EndpointSetting['kind']> = Extract<EndpointSetting, { kind: Kind }>;

/** The names that the topology declares for the runbook to move; of a role for which it declares none, the usual parameter. */
export function declaredNames({ name, aws: { runbook } }: Topology): readonly EndpointSetting[] {
  const usual = (role: Role): EndpointSetting => ({ kind: 'parameter', role, name: usualParameter(name, role) });
  const declared = runbook?.endpoints.map((each) => settingOf(each) ?? usual(each.role)) ?? [];
  const missing = (['writer', 'reader'] as const).filter((role) => !declared.some((each) => each.role === role));
  return [...declared, ...missing.map(usual)];
}

function settingOf({ role, parameter, secret, record }: EndpointRequest): EndpointSetting | undefined {
  if (record !== undefined) return { kind: 'record', role, ...record, ttl: record.ttl ?? USUAL_TTL };
  if (secret !== undefined) return { kind: 'secret', role, id: secret };
  return parameter === undefined ? undefined : { kind: 'parameter', role, name: parameter };
}

/** The names as they are when the story begins. */
export function namesLeadingTo(
  names: readonly EndpointSetting[],
  region: string,
  leads: Readonly<Record<Role, Address>>,
): Pick<Required<EmbeddedCloudOptions>, 'parameters' | 'secrets' | 'zones'> {
  const of = <Kind extends EndpointSetting['kind']>(kind: Kind): readonly Of<Kind>[] =>
    names.filter((each): each is Of<Kind> => each.kind === kind);
  const records = of('record');
  return {
    parameters: of('parameter').map(({ role, name }) => ({ region, name, value: leads[role].host })),
    secrets: of('secret').map(({ role, id: name }) => ({ region, name, value: JSON.stringify(leads[role]) })),
    zones: [...new Set(records.map(({ zone }) => zone))].map((id) => {
      const inIt = records.filter(({ zone }) => zone === id);
      return {
        ...{ id, name: domainOf(inIt.map(({ name }) => name)), private: true },
        records: inIt.map(({ role, name, ttl }) => ({ name, type: 'CNAME' as const, ttl, values: [leads[role].host] })),
      };
    }),
  };
}

/** The domain that names have in common. */
function domainOf([first = '', ...more]: readonly string[]): string {
  const domains = first.split('.').map((_, index, labels) => labels.slice(index + 1).join('.'));
  return domains.find((domain) => more.every((name) => name.endsWith(`.${domain}`))) ?? '';
}

export interface NameLookupOptions {
  readonly names: readonly EndpointSetting[];
  /** Where the runbook moves them. */
  readonly region: string;
  readonly cloud: EmbeddedCloud;
  readonly clock: Pick<Clock, 'now'>;
  readonly network: Pick<Loopback, 'isCut'>;
}

/** How clients find a database: by the first name of the role. */
export class NameLookup {
  readonly #options: NameLookupOptions;
  /** What the resolver of each Region keeps. */
  readonly #kept = new Map<string, { readonly host: string | undefined; readonly until: number }>();

  constructor(options: NameLookupOptions) {
    this.#options = options;
  }

  /** Host name, as a client in a Region learns it; undefined: nobody answers. */
  hostFor(role: Role, from: string): string | undefined {
    const { names, region, cloud, network } = this.#options;
    const setting = names.find((each) => each.role === role);
    if (setting?.kind === 'record') return this.#resolved(setting, from);
    if (setting === undefined || network.isCut(from, region)) return undefined;
    if (setting.kind === 'parameter') return cloud.parameters.value(region, setting.name);
    return (JSON.parse(cloud.secrets.value(region, setting.id) ?? '{}') as Partial<Address>).host;
  }

  /** Name servers are everywhere, and answer in a Region that is cut off, too. A resolver keeps an answer as long as it may. */
  #resolved({ zone, name, ttl }: Of<'record'>, from: string): string | undefined {
    const { cloud, clock } = this.#options;
    const [key, now] = [JSON.stringify([from, zone, name]), clock.now()];
    const kept = this.#kept.get(key);
    if (kept !== undefined && now < kept.until) return kept.host;
    const [host] = cloud.zones.resolve(zone, name);
    this.#kept.set(key, { host, until: now + ttl * 1000 });
    return host;
  }
}

/** Seconds for which clients may go by what a name was before. */
export const longestTtl = (names: readonly EndpointSetting[]): number =>
  Math.max(0, ...names.map((each) => (each.kind === 'record' ? each.ttl : 0)));
