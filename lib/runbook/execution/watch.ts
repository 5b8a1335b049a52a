import { isUnderstudyError, type Topology } from '../../topology';
import { lastKnownTopology } from './current-topology';
import { observe } from './observe';
import { remember } from './remember';
import type { Address, MemberHistory, Ports } from './ports';

/** What one watch saw. */
export interface Watched {
  readonly members: readonly MemberHistory[];
  /** A run that was begun and that nobody works on. */
  readonly stranded?: string;
}

/** Seconds after which a run that nobody works on is told of; and for how long, so that one watch a minute tells once or twice. */
const STRANDED = { after: 60, until: 180 };

/**
 * Remembers, in the Region that is recovered in, when the members were last alive: after a failure nobody can tell any more,
 * and without it no loss can be reckoned. To be called once a minute.
 *
 * @throws UnderstudyError when what was seen could not be kept
 */
export async function watch(ports: Ports, declared: Topology): Promise<Watched> {
  const standing = await ports.ledger.standing();
  const topology = await lastKnownTopology(ports, declared, standing);
  const addresses = new Map<string, Address>();
  const observation = await observe(ports, topology, standing, addresses);
  const members = await remember(ports, observation, addresses);
  const { open } = standing;
  const age = open === undefined ? 0 : observation.at - open.until;
  if (open === undefined || age < STRANDED.after) return { members };
  if (age < STRANDED.until) await tellStranded(ports, topology.name, open.runId);
  return { members, stranded: open.runId };
}

async function tellStranded({ notifier }: Ports, topology: string, runId: string): Promise<void> {
  try {
    await notifier.tell({
      subject: `${topology}: run ${runId} stands still`,
      text: `Nobody works on run ${runId} of ${topology}, and it is not over: writes may stand still until it is. Go on with it, or stop it.`,
    });
  } catch (error) {
    // The next watch tells again.
    if (!isUnderstudyError(error)) throw error;
  }
}
