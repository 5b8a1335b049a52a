import { isUnderstudyError, type MemberId, type Topology } from '../../topology';
import { decide, requestOf, type Decision, type Observation, type Obstacle } from '../decision';
import { observe, withStop } from './observe';
import { remember } from './remember';
import type { Address, DataPlaneSighting } from './ports';
import type { Run } from './run';

/** Looks at everything once more, and keeps it for the phases to come. */
export async function lookAround(run: Run): Promise<Observation> {
  const { ports, topology, addresses } = run;
  const observation = await observe(ports, topology, run.standing ?? ports.ledger.standing(), addresses);
  const forgotten = run.event.mode === 'plan' ? [] : await remembered(ports, observation, addresses);
  const obstacles = [...observation.obstacles, ...forgotten, ...programBehind(run)];
  run.observation = withStop({ ...observation, obstacles }, fencedAt(run));
  return run.observation;
}

/** A runner that comes later needs to know what this one saw before it fenced. */
async function remembered(...seen: Parameters<typeof remember>): Promise<readonly Obstacle[]> {
  try {
    await remember(...seen);
    return [];
  } catch (error) {
    if (!isUnderstudyError(error)) throw error;
    const fix = 'see that the table can be written';
    return [{ id: 'history-unwritable', severity: 'warn', acceptance: 'none', problem: error.message, fix }];
  }
}

function fencedAt(run: Run): number | undefined {
  const fenced = run.last('fenced');
  return fenced?.fence.outcome === 'proven' ? fenced.at : undefined;
}

/** What follows from what was seen last, for what was asked. */
export function decided(run: Run, observation: Observation, target = run.event.target): Decision | undefined {
  const request = requestOf(run.event, observation);
  return request && decide({ ...request, kind: run.kind, target }, observation);
}

function programBehind(run: Run): Observation['obstacles'] {
  const { declared } = run.begun;
  const { primary, name } = run.topology;
  if (declared === primary) return [];
  return [
    {
      id: 'program-behind',
      severity: 'warn',
      acceptance: 'none',
      problem: `the program of ${name} declares ${declared} as the primary, and ${primary} was promoted since`,
      fix: `declare primary: ${primary}, and deploy`,
    },
  ];
}

/** The topology with one member: a look at it calls nobody else's Region. */
export function only(topology: Topology, member: MemberId): Topology {
  return { ...topology, members: topology.members.filter(({ id }) => id === member) };
}

/** Where a member is found, as far as anybody tells. It stays there for its whole life. */
export async function addressOf(run: Run, member: MemberId): Promise<Address | undefined> {
  const known = run.addresses.get(member);
  if (known !== undefined) return known;
  const { members } = await run.ports.fleet.look(only(run.topology, member));
  const told = members.find(({ id }) => id === member)?.address;
  const found = told ?? (await run.ports.history.read()).find(({ id }) => id === member)?.address;
  if (found !== undefined) run.addresses.set(member, found);
  return found;
}

/**
 * Asks one database now; unknown, when there is no way to it.
 *
 * @param topology who follows whom by now: the log of who is no primary in it and follows nobody tells nothing
 */
export async function askNow(run: Run, member: MemberId, topology = run.topology): Promise<DataPlaneSighting> {
  const unknown: DataPlaneSighting = { id: member, dataPlane: 'unknown', acceptsWrites: 'unknown' };
  if (!run.ports.probe.isConnected) return unknown;
  const address = await addressOf(run, member);
  return address === undefined ? unknown : run.ports.probe.ask({ topology, member, address });
}

/** Whether a database takes a write now; unknown, when there is no way to it. */
export async function tryWriteNow(run: Run, member: MemberId): Promise<'yes' | 'no' | 'unknown'> {
  if (!run.ports.probe.isConnected) return 'unknown';
  const address = await addressOf(run, member);
  return address === undefined ? 'unknown' : run.ports.probe.tryWrite({ topology: run.topology, member, address });
}

/** Whether this network has ever reached a database: where none was ever reached, a silence proves nothing. */
export async function wasReached(run: Run, member: MemberId): Promise<boolean> {
  return (await run.ports.history.read()).some(({ id, lastReached }) => id === member && lastReached !== undefined);
}
