import { GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { ChangeResourceRecordSetsCommand, ListResourceRecordSetsCommand } from '@aws-sdk/client-route-53';
import { UnderstudyError } from '../../../../topology';
import type { EndpointSetting } from '../../../contract';
import { isAwsCallError } from '../aws-call-error';
import { AuroraGateway } from '../aurora/aurora-gateway';
import { boundedCall } from '../bounded-call';
import { ENDPOINT_BOUNDS, endpointClients, ROUTE_53_REGION, type EndpointClients } from '../endpoints/endpoint-clients';
import { canonical } from '../../endpoints';
import { fleetClients, type FleetClients } from '../fleet/fleet-clients';
import { named, type Place } from '../fleet/place';
import { RdsGateway } from '../fleet/rds-gateway';

/** Whom a name leads to: an instance, or a cluster. */
export interface NamedPlace extends Place {
  readonly isCluster?: boolean;
}

/** Names, and whom each role finds behind them at first. */
export interface NamesToMake {
  readonly endpoints: readonly EndpointSetting[];
  readonly writer: NamedPlace;
  readonly reader: NamedPlace;
}

export interface MakeNamesOptions {
  /** Where the names are. */
  readonly region: string;
  readonly clients?: EndpointClients;
  readonly fleet?: FleetClients;
}

/**
 * Makes the names that are not there, and leaves alone what is: a runbook, or a person, has written it. Only for a name that is
 * missing is the member asked for, whose Region may be lost.
 *
 * @returns ids of those that were made
 * @throws UnderstudyError when one is missing and cannot be made
 */
export async function makeNames(
  { endpoints, writer, reader }: NamesToMake,
  { region, clients = endpointClients({ region }), fleet = fleetClients() }: MakeNamesOptions,
): Promise<readonly string[]> {
  const made: string[] = [];
  for (const endpoint of endpoints) {
    const name = nameOf(endpoint, { region, clients });
    if (name === undefined || (await name.isThere())) continue;
    await name.make(await hostOf(fleet, endpoint.role, { writer, reader }));
    made.push(name.id);
  }
  return made;
}

interface Name {
  readonly id: string;
  isThere(): Promise<boolean>;
  make(host: string): Promise<void>;
}

type At = Required<Pick<MakeNamesOptions, 'region' | 'clients'>>;

/** @returns undefined for what is made by somebody else */
function nameOf(endpoint: EndpointSetting, at: At): Name | undefined {
  switch (endpoint.kind) {
    case 'parameter':
      return parameter(endpoint.name, at);
    case 'record':
      return record(endpoint, at.clients);
    case 'secret':
      return undefined;
  }
}

function parameter(Name: string, { region, clients: { ssm } }: At): Name {
  const subject = (action: string): Parameters<typeof boundedCall>[0] => ({
    ...{ service: 'ssm', action, region, resource: Name },
  });
  return {
    id: `parameter:${Name}`,
    isThere: () =>
      unless('ParameterNotFound', () =>
        boundedCall(subject('GetParameter'), (to) => ssm.send(new GetParameterCommand({ Name }), to), ENDPOINT_BOUNDS),
      ),
    make: async (Value) => {
      const command = new PutParameterCommand({
        ...{ Name, Value, Type: 'String', Overwrite: false },
        Description: 'Written by the runbook of db-understudy with every promotion',
      });
      await unless('ParameterAlreadyExists', () =>
        boundedCall(subject('PutParameter'), (to) => ssm.send(command, to), ENDPOINT_BOUNDS),
      );
    },
  };
}

function record({ zone, name, ttl }: Extract<EndpointSetting, { kind: 'record' }>, { route53 }: EndpointClients): Name {
  const subject = (action: string): Parameters<typeof boundedCall>[0] => ({
    ...{ service: 'route53', action, region: ROUTE_53_REGION, resource: zone },
  });
  return {
    id: `record:${zone}/${canonical(name)}`,
    isThere: async () => {
      const command = new ListResourceRecordSetsCommand({ HostedZoneId: zone, StartRecordName: name, MaxItems: 10 });
      const { ResourceRecordSets: found = [] } = await boundedCall(
        subject('ListResourceRecordSets'),
        (to) => route53.send(command, to),
        ENDPOINT_BOUNDS,
      );
      return found.some((each) => canonical(each.Name ?? '') === canonical(name));
    },
    make: async (host) => {
      const ResourceRecordSet = { Name: name, Type: 'CNAME' as const, TTL: ttl, ResourceRecords: [{ Value: host }] };
      // CREATE, not UPSERT: what came in between stays, and the deployment says so.
      const command = new ChangeResourceRecordSetsCommand({
        HostedZoneId: zone,
        ChangeBatch: { Changes: [{ Action: 'CREATE', ResourceRecordSet }] },
      });
      await boundedCall(subject('ChangeResourceRecordSets'), (to) => route53.send(command, to), ENDPOINT_BOUNDS);
    },
  };
}

/** @returns false when the call was refused for that reason */
async function unless(code: string, call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (error) {
    if (isAwsCallError(error) && error.awsCode === code) return false;
    throw error;
  }
}

type Places = Pick<NamesToMake, 'writer' | 'reader'>;

async function hostOf(fleet: FleetClients, role: EndpointSetting['role'], places: Places): Promise<string> {
  const place = places[role];
  const host = place.isCluster === true ? await clusterHost(fleet, role, place) : await instanceHost(fleet, place);
  if (host !== undefined) return host;
  const what = place.isCluster === true ? 'a cluster' : 'an instance';
  throw new UnderstudyError(
    'no-address',
    `RDS knows no address of ${named(place)}, and a name is to be made for it; allowed: ${what} that is available; fix: deploy the stack of that member first`,
    { family: 'retryable' },
  );
}

async function instanceHost(fleet: FleetClients, place: Place): Promise<string | undefined> {
  return (await new RdsGateway(fleet).describe(place))?.Endpoint?.Address;
}

async function clusterHost(
  fleet: FleetClients,
  role: EndpointSetting['role'],
  place: Place,
): Promise<string | undefined> {
  const cluster = await new AuroraGateway(fleet).cluster(place);
  return role === 'writer' ? cluster?.Endpoint : cluster?.ReaderEndpoint;
}
