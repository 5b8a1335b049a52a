import { isUnderstudyError, type Topology } from '../../topology';
import { effectiveTopology } from './effective-topology';
import type { Ports, Standing } from './ports';

/**
 * The topology as it stands, by the program, the last promotion, and the cloud where that moves primaries itself.
 *
 * @throws UnderstudyError when the cloud would know and does not tell
 */
export async function currentTopology(
  { fleet }: Pick<Ports, 'fleet'>,
  declared: Topology,
  standing: Standing,
  target?: string,
): Promise<Topology> {
  const effective = effectiveTopology(declared, standing);
  return fleet.current === undefined ? effective : fleet.current(effective, target);
}

/** The same for who only tells: a cloud that is silent keeps nobody from hearing what the journal says. */
export async function lastKnownTopology(
  ports: Pick<Ports, 'fleet'>,
  declared: Topology,
  standing: Standing,
): Promise<Topology> {
  try {
    return await currentTopology(ports, declared, standing);
  } catch (error) {
    if (!isUnderstudyError(error) || error.code === 'standing-unknown') throw error;
    return effectiveTopology(declared, standing);
  }
}

/** Whom the program declares, of the members of a topology. What a look has found is declared by nobody. */
export function declaredIn({ primary, within }: Topology, declared: Topology): string {
  return within === undefined ? declared.primary : primary;
}
