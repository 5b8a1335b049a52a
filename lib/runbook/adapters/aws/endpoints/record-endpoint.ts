import {
  ChangeResourceRecordSetsCommand,
  GetChangeCommand,
  GetHostedZoneCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import type { Seconds } from '../../../../topology';
import type { EndpointSetting } from '../../../contract';
import type { Obstacle } from '../../../decision';
import type { Attempt, Destination, EndpointRole, Procedure, Step } from '../../../execution/ports';
import { canonical, obstacleOf, Pointing, unreadable, WRITE } from '../../endpoints';
import { boundedCall, type SendOptions } from '../bounded-call';
import { repeatSafely } from '../repeat-safely';
import { DENIED, type AwsEndpoint, type EndpointSurroundings } from './aws-endpoint';
import { ENDPOINT_BOUNDS, ROUTE_53_REGION } from './endpoint-clients';

type Setting = Extract<EndpointSetting, { kind: 'record' }>;

/** "Changes generally propagate to all Route 53 name servers within 60 seconds" (API reference, ChangeResourceRecordSets). */
const PROPAGATION: Seconds = 60;

/** A CNAME record of Route 53: the name of a database server that applications connect to. */
export class RecordEndpoint implements AwsEndpoint {
  readonly id: string;
  readonly role: EndpointRole;
  readonly #setting: Setting;
  readonly #around: EndpointSurroundings;

  constructor(setting: Setting, around: EndpointSurroundings) {
    const { zone, name, role } = setting;
    this.id = `record:${zone}/${canonical(name)}`;
    this.role = role;
    this.#setting = setting;
    this.#around = around;
  }

  read(): Promise<string> {
    return repeatSafely({ ...this.#around, attempts: 2 }, () => this.#look());
  }

  point({ address }: Destination): Procedure {
    return this.goBack(canonical(address.host));
  }

  goBack(to: string): Procedure {
    // Only quickens: a runner that did not make the change itself waits as long as Route 53 generally takes.
    let change: string | undefined;
    return new Pointing({
      ...{ clock: this.#around.clock, id: this.id, wanted: to },
      read: () => this.#look(),
      write: async () => {
        change = await this.#write(to);
      },
      after: (attempts) => this.#spread(change, attempts),
    });
  }

  async obstacles(): Promise<readonly Obstacle[]> {
    const { name, zone } = this.#setting;
    let isPrivate: boolean | undefined;
    const look = async (): Promise<void> => {
      await this.read();
      isPrivate = await repeatSafely({ ...this.#around, attempts: 2 }, () => this.#isPrivate());
    };
    const missing = `make a simple CNAME record ${name} in the zone ${zone}`;
    return [...(await obstacleOf(this.id, look, { denied: DENIED, missing })), dependence(this.id, isPrivate)];
  }

  /** Only a simple CNAME can be moved by writing one value. */
  async #look(): Promise<string> {
    const { zone, name } = this.#setting;
    const { route53 } = this.#around.clients;
    const command = new ListResourceRecordSetsCommand({ HostedZoneId: zone, StartRecordName: name, MaxItems: 10 });
    const { ResourceRecordSets: found = [] } = await this.#call('ListResourceRecordSets', (options) =>
      route53.send(command, options),
    );
    const [record, other] = found.filter((each) => canonical(each.Name ?? '') === canonical(name));
    const target = record?.ResourceRecords?.[0]?.Value;
    const kind = other ? 'several records' : kindOf(record);
    if (kind === 'a simple CNAME' && target !== undefined) return canonical(target);
    throw unreadable(this.id, `is ${kind}; allowed is a simple CNAME`, 'only that can be moved by writing one value');
  }

  async #write(to: string): Promise<string | undefined> {
    const { zone, name, ttl } = this.#setting;
    const { route53 } = this.#around.clients;
    const ResourceRecordSet: ResourceRecordSet = {
      ...{ Name: name, Type: 'CNAME', TTL: ttl },
      ResourceRecords: [{ Value: to }],
    };
    const command = new ChangeResourceRecordSetsCommand({
      HostedZoneId: zone,
      ChangeBatch: { Changes: [{ Action: 'UPSERT', ResourceRecordSet }] },
    });
    const { ChangeInfo: change } = await this.#call('ChangeResourceRecordSets', (options) =>
      route53.send(command, options),
    );
    return change?.Id;
  }

  /** The control plane says what was written; the name servers may not know it yet. */
  async #spread(change: string | undefined, attempts: readonly Attempt[]): Promise<Step | undefined> {
    const last = attempts.findLast(({ step }) => step === WRITE);
    if (last === undefined) return undefined;
    if (change === undefined ? last.at + PROPAGATION <= this.#around.clock.now() : await this.#isInSync(change)) {
      return undefined;
    }
    return { kind: 'wait', title: `all name servers know ${this.id}`, seconds: 5 };
  }

  async #isInSync(Id: string): Promise<boolean> {
    const { route53 } = this.#around.clients;
    const { ChangeInfo: change } = await this.#call('GetChange', (options) =>
      route53.send(new GetChangeCommand({ Id }), options),
    );
    return change?.Status === 'INSYNC';
  }

  async #isPrivate(): Promise<boolean> {
    const { route53 } = this.#around.clients;
    const command = new GetHostedZoneCommand({ Id: this.#setting.zone });
    const { HostedZone: zone } = await this.#call('GetHostedZone', (options) => route53.send(command, options));
    return zone?.Config?.PrivateZone ?? false;
  }

  #call<T>(action: string, send: (options: SendOptions) => Promise<T>): Promise<T> {
    const { zone } = this.#setting;
    return boundedCall({ service: 'route53', action, region: ROUTE_53_REGION, resource: zone }, send, ENDPOINT_BOUNDS);
  }
}

function kindOf(record: ResourceRecordSet | undefined): string {
  if (record === undefined) return 'not there';
  if (record.AliasTarget) return 'an alias';
  if (record.SetIdentifier !== undefined) return 'one of a set of weighted or otherwise routed records';
  return record.Type === 'CNAME' ? 'a simple CNAME' : `a record of type ${record.Type ?? 'unknown'}`;
}

/** Facts: facts/promotion.md §2.2, from the Route 53 pages on accelerated recovery. Never tried live. */
function dependence(id: string, isPrivate: boolean | undefined): Obstacle {
  const recovery = {
    true: 'accelerated recovery does not exist for private zones',
    false: 'accelerated recovery, where it is switched on for this public zone, brings it back within an hour',
    undefined: 'accelerated recovery exists for public zones alone',
  }[`${isPrivate}` as const];
  return {
    ...{ id: 'dns-control-plane', severity: 'warn', acceptance: 'none' },
    problem: `${id} can only be changed through the control plane of Route 53 in ${ROUTE_53_REGION}; while that is lost, it stays as it is: ${recovery}`,
    fix: 'let applications find the database by a parameter or a secret in the Region that is recovered in',
  };
}
