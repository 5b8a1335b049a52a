import { parseDuration } from '../duration';
import type { MemberInput, TopologyInput } from '../schema';
import type { MemberId } from '../topology';
import type { GcpInput } from './gcp-schema';
import type { GcpMember, GcpTopology, ReadPool } from './gcp-topology';

/** Long enough that one late sample raises no alert: what Cloud Monitoring shows is up to 165 s old. */
const USUAL_ALARM = 300;

/** What was meant by the section of the topology. */
export function gcpOf(written: GcpInput): GcpTopology {
  return {
    project: written.project,
    edition: written.edition,
    drReplica: written.drReplica,
    transition: written.transition,
    pointInTimeRecovery: written.pointInTimeRecovery ?? true,
    connectorEnforcement: written.connectorEnforcement ?? false,
    maintenance: written.maintenance,
    noMaintenance: written.noMaintenance && { time: '00:00:00', ...written.noMaintenance },
    deletionProtection: written.deletionProtection ?? true,
    alarmAfter: written.alarmAfter === undefined ? USUAL_ALARM : parseDuration(written.alarmAfter),
  };
}

/** What was meant by the section of a member: what it leaves out is the topology's; its edition, its source's. */
export function gcpMemberOf(id: MemberId, source: GcpMember | undefined, input: TopologyInput): GcpMember {
  const member = input.members[id];
  const whole = input.gcp ?? {};
  const written = member?.gcp ?? {};
  const edition = written.edition ?? source?.edition ?? whole.edition;
  const cacheable = edition === 'enterprise-plus' && input.engine.name !== 'sqlserver';
  return {
    name: written.name ?? `${input.name}-${id}`,
    edition,
    zone: written.zone,
    readPool: poolOf(written.readPool),
    cascadable: written.cascadable,
    failoverTarget: written.failoverTarget,
    recreateAfterLag: written.recreateAfterLag === undefined ? undefined : parseDuration(written.recreateAfterLag),
    binaryLog: input.engine.name === 'mysql' ? (written.binaryLog ?? needsBinaryLog(id, input)) : written.binaryLog,
    dataCache: written.dataCache ?? whole.dataCache ?? cacheable,
    flags: { ...whole.flags, ...written.flags },
    network: { ...whole.network, ...written.network },
    sslMode: written.sslMode ?? whole.sslMode ?? 'encrypted-only',
    maintenance: written.maintenance,
    deletionProtection: written.deletionProtection ?? whole.deletionProtection ?? true,
  };
}

/** Who can be primary must have one before a switchover; who has replicas, for them. */
function needsBinaryLog(id: MemberId, { members }: TopologyInput): boolean {
  const member: MemberInput | undefined = members[id];
  const isPromotable = member?.promotion === undefined ? member?.replicaOf === undefined : member.promotion !== 'never';
  return isPromotable || Object.values(members).some(({ replicaOf }) => replicaOf === id);
}

function poolOf(written: NonNullable<MemberInput['gcp']>['readPool']): ReadPool | undefined {
  if (written?.autoscale === undefined) return written && { nodes: written.nodes };
  const { scaleInAfter, scaleOutAfter, ...autoscale } = written.autoscale;
  return {
    nodes: written.nodes,
    autoscale: {
      ...autoscale,
      scaleInAfter: scaleInAfter === undefined ? undefined : parseDuration(scaleInAfter),
      scaleOutAfter: scaleOutAfter === undefined ? undefined : parseDuration(scaleOutAfter),
    },
  };
}
