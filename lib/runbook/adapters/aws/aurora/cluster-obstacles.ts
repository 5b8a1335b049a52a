import type { Topology } from '../../../../topology';
import type { Obstacle } from '../../../decision';
import { named } from '../fleet/place';
import { isHeadless, serverCommand } from './cluster-state';
import type { ClusterAnswer } from './look-at-clusters';
import { isSilence } from './look-at-clusters';

/** A class that Aurora has in a global database, where nobody has said which it is to be. */
const SOME_CLASS = 'db.r6g.large';

/** What a person has to know about clusters that were looked at. All of it warns: what makes a promotion impossible is in the status. */
export function clusterObstacles(topology: Topology, answers: readonly ClusterAnswer[]): readonly Obstacle[] {
  return answers.flatMap((answer) => obstacleOf(topology, answer) ?? []);
}

function obstacleOf(topology: Topology, { place, cluster, error }: ClusterAnswer): Obstacle | undefined {
  const warning = { severity: 'warn', acceptance: 'none' } as const;
  const { id } = place.member;
  if (error !== undefined) {
    if (isSilence(error)) return undefined;
    const fix = 'see that rds:DescribeDBClusters is allowed, and look again; until then nobody knows how it is';
    return { ...warning, id: 'cluster-unseen', problem: error.message, fix };
  }
  if (cluster === undefined) {
    const fix = `declare the identifier that ${id} has, or retire it`;
    return { ...warning, id: 'cluster-missing', problem: `RDS has no cluster ${named(place)}`, fix };
  }
  if (!isHeadless(cluster)) return undefined;
  return {
    ...warning,
    id: 'headless',
    problem: `${id} has data and no server, so it cannot be promoted`,
    fix: serverCommand(place, sizeFor(topology, id), topology),
  };
}

function sizeFor({ members, primary }: Topology, id: string): string {
  const sizes = [id, primary].flatMap((each) => {
    const member = members.find((one) => one.id === each);
    return [member?.size, ...(member?.instances ?? []).map(({ size }) => size)];
  });
  return sizes.find((size) => size !== undefined) ?? SOME_CLASS;
}
