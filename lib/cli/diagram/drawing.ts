import {
  ENGINES,
  formatDuration,
  TopologyView,
  type Engine,
  type Member,
  type MemberId,
  type Role,
  type Topology,
} from '../../topology';

/** A number of the objectives with its name. */
export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** A member as it is drawn. */
export interface Card {
  readonly id: MemberId;
  readonly role: Role;
  /** Its identity is all that is left of it. */
  readonly isGone: boolean;
  /** `promotion 1`, `promotion never`; of a retired one `kept` or `removed`. */
  readonly note: string;
  /** Size, standby, and the version where it differs from the engine's. */
  readonly details: readonly string[];
  /** In which column it stands: one after whom it was created from; the primary stands first, whomever it was created from. */
  readonly column: number;
}

/** A Region as it is drawn: everybody after whom they were created from. */
export interface Box {
  readonly region: string;
  readonly cards: readonly Card[];
}

/** Who was created from whom. */
export interface Arrow {
  readonly from: MemberId;
  readonly to: MemberId;
  /** `follows`: data flows now. `lineage`: the one was created from the other and follows it no more. */
  readonly kind: 'follows' | 'lineage';
  readonly isCrossRegion: boolean;
}

/** All that a picture of a topology says, before any notation. */
export interface Drawing {
  readonly name: string;
  readonly engine: string;
  readonly facts: readonly Fact[];
  /** The primary's Region first, the others as they are written. */
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}

/** What there is to draw of a topology. */
export function drawingOf(topology: Topology): Drawing {
  const view = new TopologyView(topology);
  const members = inLineageOrder(view);
  const regions = new Set(
    [view.primary, ...topology.members].flatMap((member) => (member === undefined ? [] : [regionOf(member)])),
  );
  const boxes = [...regions].map((region) => ({
    region,
    cards: members.filter((member) => regionOf(member) === region).map((member) => cardOf(member, view)),
  }));
  return {
    name: topology.name,
    engine: engineOf(topology.engine),
    facts: factsOf(topology),
    boxes,
    arrows: arrowsOf(view),
  };
}

/** Each family together, so that arrows need not cross. */
function inLineageOrder({ topology: { members } }: TopologyView): readonly Member[] {
  const family = (member: Member): readonly Member[] => [
    member,
    ...members.filter(({ replicaOf }) => replicaOf === member.id).flatMap(family),
  ];
  return members.filter(({ replicaOf }) => replicaOf === undefined).flatMap(family);
}

function columnOf(member: Member, view: TopologyView): number {
  const source = view.roleOf(member) === 'primary' ? undefined : (view.followedBy(member) ?? view.sourceOf(member));
  return source === undefined ? 0 : columnOf(source, view) + 1;
}

function regionOf(member: Member): string {
  return member.region ?? 'unknown Region';
}

function engineOf({ name, version, edition }: Engine): string {
  return [ENGINES[name].title, version, edition?.toUpperCase()].filter((part) => part !== undefined).join(' ');
}

function cardOf(member: Member, view: TopologyView): Card {
  const own = member.version === view.topology.engine.version ? undefined : member.version;
  return {
    id: member.id,
    role: view.roleOf(member),
    isGone: member.retired === 'removed',
    note: member.retired ?? `promotion ${member.promotion}`,
    details: [
      ...serversOf(member),
      member.standby === 'none' ? undefined : member.standby,
      own,
      ...googlesOf(member, view),
    ].filter((part) => part !== undefined),
    column: columnOf(member, view),
  };
}

/** Of a read pool its nodes; and who takes over in a disaster. */
function googlesOf({ id, gcp }: Member, { topology }: TopologyView): readonly string[] {
  const pool = gcp?.readPool;
  const nodes = pool?.autoscale === undefined ? pool?.nodes : `${pool.autoscale.min} to ${pool.autoscale.max}`;
  return [
    ...(nodes === undefined ? [] : [`${nodes} nodes`]),
    ...(topology.gcp?.drReplica === id && topology.primary !== id ? ['DR'] : []),
  ];
}

/** The size of a server; of an Aurora cluster, how many there are of each. */
function serversOf({ size, instances }: Member): readonly (string | undefined)[] {
  if (instances === undefined) return [size];
  if (instances.length === 0) return ['headless'];
  const sizes = [...new Set(instances.map((each) => each.size))];
  return sizes.map((each) => `${instances.filter((other) => other.size === each).length} × ${each ?? '?'}`);
}

function factsOf({ objectives: { lag, dataLoss, recovery }, heartbeat }: Topology): readonly Fact[] {
  const facts: readonly (readonly [string, number | undefined])[] = [
    ['lag alarm', lag],
    ['data loss', dataLoss],
    ['recovery (member)', recovery.member],
    ['recovery (Region)', recovery.region],
    ['heartbeat', heartbeat],
  ];
  return facts.flatMap(([name, seconds]) => (seconds === undefined ? [] : [{ name, value: formatDuration(seconds) }]));
}

function arrowsOf(view: TopologyView): readonly Arrow[] {
  return view.topology.members.flatMap((member): readonly Arrow[] => {
    const followed = view.followedBy(member);
    const source = followed ?? (view.isGlobal && view.roleOf(member) === 'primary' ? undefined : view.sourceOf(member));
    // A switchover turned the two around: one arrow says it.
    if (source === undefined || view.followedBy(source) === member) return [];
    const kind = followed === undefined && view.roleOf(member) !== 'replica' ? 'lineage' : 'follows';
    return [{ from: source.id, to: member.id, kind, isCrossRegion: source.region !== member.region }];
  });
}
