import { Duration, type Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { runbookRegions, type EndpointRequest, type RunbookRequest, type Topology } from '../topology';
import { AlarmTopic } from './alarm-topic';
import { PromotionRunbook } from './promotion-runbook';
import type { ReplicationLagAlarms } from './replication-lag-alarms';
import type { AutomaticFailover } from './runbook-automatic';
import type { RunbookDatabase } from './runbook-database';
import type { RunbookNetworkOptions } from './runbook-network';
import { ReaderEndpoint, WriterEndpoint, type IRunbookEndpoint } from './writer-endpoint';

/** What of a Region a runbook needs. */
export interface RunbookPlace {
  /** Its VPC may be made when it is asked for. */
  readonly stack: Stack & { readonly vpc: ec2.IVpc };
  readonly alarmTopic: sns.ITopic;
  /** Of instances. */
  readonly lagAlarms?: ReplicationLagAlarms;
}

/** The runbooks that a topology asks for, by Region. */
export function topologyRunbooks(
  database: RunbookDatabase,
  topology: Topology,
  places: ReadonlyMap<string, RunbookPlace>,
): ReadonlyMap<string, PromotionRunbook> {
  const request = topology.aws.runbook;
  const runbooks = new Map<string, PromotionRunbook>();
  if (request === undefined) return runbooks;
  for (const region of runbookRegions(topology)) {
    const place = places.get(region);
    if (place !== undefined) runbooks.set(region, runbookIn(region, place, { database, topology, request }));
  }
  return runbooks;
}

function runbookIn(
  region: string,
  place: RunbookPlace,
  { database, topology, request }: { database: RunbookDatabase; topology: Topology; request: RunbookRequest },
): PromotionRunbook {
  const { stack } = place;
  return new PromotionRunbook(stack, 'Runbook', {
    database,
    endpoints: endpointsIn(stack, request.endpoints),
    topic: request.notify.length === 0 ? place.alarmTopic : topicOf(stack, topology.name, request.notify),
    network: networkIn(region, place, topology),
    automatic: region === request.automatic ? automaticIn(place) : undefined,
  });
}

/** Undefined: the names that a runbook has without being told. */
function endpointsIn(stack: Stack, requests: readonly EndpointRequest[]): readonly IRunbookEndpoint[] | undefined {
  if (requests.length === 0) return undefined;
  return requests.map(({ role, parameter, secret, record }, index) => {
    const endpoint = role === 'writer' ? WriterEndpoint : ReaderEndpoint;
    if (record !== undefined) {
      const zone = route53.HostedZone.fromHostedZoneId(stack, `Zone${index + 1}`, record.zone);
      const ttl = record.ttl === undefined ? undefined : Duration.seconds(record.ttl);
      return endpoint.record({ zone, name: record.name, ttl });
    }
    return secret === undefined ? endpoint.parameter(parameter) : endpoint.secret(secret);
  });
}

function topicOf(stack: Stack, name: string, emails: readonly string[]): sns.ITopic {
  return new AlarmTopic(stack, 'Runs', { topicName: `${name}-runbook`, emails }).topic;
}

/** Where nobody is left there is no network to attach to. */
function networkIn(region: string, place: RunbookPlace, topology: Topology): RunbookNetworkOptions | undefined {
  const network = topology.aws.runbook?.regions[region]?.network;
  const isInhabited = topology.members.some((member) => member.region === region && member.retired !== 'removed');
  if (network === undefined || !isInhabited) return undefined;
  const { subnets, createEndpoints } = network;
  return {
    vpc: place.stack.vpc,
    vpcSubnets:
      subnets === undefined
        ? { subnetType: ec2.SubnetType.PRIVATE_ISOLATED }
        : { subnets: subnets.map((id) => ec2.Subnet.fromSubnetId(place.stack, `Runbook-${id}`, id)) },
    createEndpoints,
  };
}

/** Nothing that could be promoted is watched by nothing: then there is no alarm, and nobody to promote either. */
function automaticIn({ lagAlarms }: RunbookPlace): AutomaticFailover | undefined {
  const nothingPromotable = lagAlarms?.nothingPromotable;
  return nothingPromotable && { on: nothingPromotable };
}
