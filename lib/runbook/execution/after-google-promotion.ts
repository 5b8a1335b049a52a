import { TopologyView, type Topology } from '../../topology';
import type { JournalRow } from './ports';

/**
 * What the program has to say after a promotion on Google Cloud, word by word, and how it is deployed.
 *
 * Of a designated pair the old primary is a replica from then on; else it is left behind. Which of the two it was, the journal says
 * by the name of the call.
 */
export function afterGooglePromotion(
  topology: Topology,
  target: string,
  rows: readonly JournalRow[],
): readonly string[] {
  const isTurned = rows.some((row) => row.type === 'attempt' && row.phase === 'promote' && row.step !== 'promote');
  return [...(isTurned ? turnedRound(topology, target) : leftBehind(topology, target)), REFRESH];
}

/** SQL Server has no DR replica to name. */
function turnedRound({ primary, engine }: Topology, target: string): readonly string[] {
  const fields = [`primary: ${target}`, ...(engine.name === 'sqlserver' ? [] : [`gcp.drReplica: ${primary}`])];
  return [
    `${target} is the primary. In the program, set ${fields.join(' and ')}, and take gcp.transition away; nobody is retired.`,
    `Deploy it when Cloud SQL has made ${primary} a replica of ${target} (gcloud sql instances describe says READ_REPLICA_INSTANCE), not before.`,
  ];
}

/** Who followed the old primary still does, and is left behind with it. */
function leftBehind(topology: Topology, target: string): readonly string[] {
  const view = new TopologyView(topology);
  const { primary, gcp } = topology;
  const kept = topology.members.filter(
    (member) =>
      member.retired === undefined && member.id !== target && !view.lineageOf(member).some(({ id }) => id === target),
  );
  const fields = [
    `primary: ${target}`,
    ...kept.map(({ id }) => `retired: kept for ${id}`),
    ...(gcp?.drReplica === undefined ? [] : ['another gcp.drReplica, or none']),
  ];
  return [
    `${target} is the primary. Say so in the program before it is deployed again: ${fields.join('; ')}; no gcp.transition.`,
    `${primary} is kept, stopped. What only it has, if anything, is copied from there by hand; then it can be removed.`,
  ];
}

/** Facts: the provider plans from what Pulumi saw last, and Pulumi does not look by itself. */
const REFRESH =
  'Then `pulumi preview --refresh`: nothing may be replaced or deleted; and `pulumi up --refresh`. Without the refresh Pulumi plans from what it saw before the promotion: it would promote, or replace, instances that have changed their roles since. Protection stops a replacement; it does not stop a promotion.';
