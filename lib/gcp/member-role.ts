import { TopologyView, type Member, type MemberId, type Topology } from '../topology';

/** What Cloud SQL is to take a member for. */
export interface MemberRole {
  /** Takes writes, or is about to. */
  readonly isPrimary: boolean;
  /** It took writes before a promotion left it behind: it is kept, stopped. */
  readonly isLeft: boolean;
  readonly instanceType: 'CLOUD_SQL_INSTANCE' | 'READ_REPLICA_INSTANCE' | 'READ_POOL_INSTANCE';
  /** Whom it follows: it has to exist first. */
  readonly follows?: MemberId;
  /**
   * Instances that follow it. The provider asks for a switchover, which loses nothing, only when the old primary is among
   * these; else it asks for a promotion, which leaves two primaries. Undefined: whatever Cloud SQL says.
   */
  readonly replicas?: readonly MemberId[];
  /** The member that takes over in a disaster; '': none, explicitly. Undefined: not for this engine or edition. */
  readonly drReplica?: MemberId;
  /** It was primary before a switchover: what only a primary has and a replica ignores stays, so that nothing changes. */
  readonly wasPrimary: boolean;
}

/** The roles of all members that still exist. */
export function memberRoles(topology: Topology): ReadonlyMap<MemberId, MemberRole> {
  const transition = topology.gcp?.transition;
  const isFinishing = transition?.phase === 'finish';
  const view = new TopologyView(isFinishing ? { ...topology, primary: transition.to } : topology);
  const begun = transition?.phase === 'begin' ? transition.to : undefined;
  const partner = drPartner(topology);
  const present = topology.members.filter(({ retired }) => retired !== 'removed');
  return new Map(
    present.map((member) => {
      if (member.retired !== undefined) return [member.id, retiredRole(member, view)];
      if (member.id === begun) return [member.id, successorRole(member, topology.primary, view)];
      return [member.id, activeRole(member, view, partner)];
    }),
  );
}

/** Of the primary as it is rendered, who takes over from it; undefined when nobody was named. */
function drPartner({ primary, gcp }: Topology): MemberId | undefined {
  const { transition, drReplica } = gcp ?? {};
  const isFinishing = transition?.phase === 'finish' && transition.to !== primary;
  return isFinishing && drReplica !== undefined ? primary : drReplica;
}

/** The instances that follow a member, but for the nodes of read pools. */
function followers(member: Member, view: TopologyView): readonly MemberId[] {
  return view.followersOf(member).flatMap((each) => (isPool(each) ? [] : [each.id]));
}

function activeRole(member: Member, view: TopologyView, partner: MemberId | undefined): MemberRole {
  const isPrimary = view.roleOf(member) === 'primary';
  const wasPrimary = view.isTurned(member);
  const isPartner = member.id === partner;
  const isFinishing = view.topology.gcp?.transition?.phase === 'finish';
  return {
    isPrimary,
    isLeft: false,
    wasPrimary,
    instanceType: isPrimary ? 'CLOUD_SQL_INSTANCE' : replicaType(member),
    follows: view.followedBy(member)?.id,
    // Only where the provider has to be told. Elsewhere it is computed: a list that Cloud SQL has in another order would be
    // changed by every deployment. Of a former primary it is never left out: the provider would keep the old one.
    replicas: wasPrimary || (isFinishing && isPartner) ? followers(member, view) : undefined,
    drReplica: !hasDrReplica(view.topology)
      ? undefined
      : isPrimary
        ? partner
        : isPartner || wasPrimary
          ? ''
          : undefined,
  };
}

/** The member to which a switchover goes, before the old primary has become its replica. */
function successorRole(member: Member, oldPrimary: MemberId, view: TopologyView): MemberRole {
  return {
    isPrimary: true,
    isLeft: false,
    wasPrimary: false,
    instanceType: 'CLOUD_SQL_INSTANCE',
    replicas: [oldPrimary, ...followers(member, view)],
    drReplica: hasDrReplica(view.topology) ? oldPrimary : undefined,
  };
}

/** Who was primary once is an instance of its own; another still follows whom it followed. */
function retiredRole(member: Member, view: TopologyView): MemberRole {
  const wasOnTop =
    member.replicaOf === undefined || (view.primary !== undefined && view.lineageOf(view.primary).includes(member));
  return {
    isPrimary: false,
    isLeft: wasOnTop,
    wasPrimary: false,
    instanceType: wasOnTop ? 'CLOUD_SQL_INSTANCE' : replicaType(member),
    follows: wasOnTop ? undefined : member.replicaOf,
  };
}

function replicaType(member: Member): MemberRole['instanceType'] {
  return isPool(member) ? 'READ_POOL_INSTANCE' : 'READ_REPLICA_INSTANCE';
}

function hasDrReplica({ engine, gcp }: Topology): boolean {
  return engine.name !== 'sqlserver' && gcp?.drReplica !== undefined;
}

export function isPool(member: Member): boolean {
  return member.gcp?.readPool !== undefined;
}

/** Identity, not role: the same for life. */
export function instanceName(member: Member): string {
  return member.gcp?.name ?? member.id;
}
