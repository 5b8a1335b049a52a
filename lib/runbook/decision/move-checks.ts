import type { EngineName } from '../../topology';
import type { Check } from './check';
import { DETACH, moveOfRun } from './move';
import { seen, seenPrimary } from './observation';

/** The engines that a setting makes read-only, and whose word proves it. */
const FREEZABLE: readonly EngineName[] = ['postgres', 'mysql', 'mariadb'];

/** What stands against a run because of how a primary is moved. */
export const MOVE_CHECKS: readonly Check[] = [
  {
    id: 'primary-unwell',
    severity: 'block',
    acceptance: 'none',
    moves: ['global'],
    look: ({ request, observation }) => {
      const { id, controlPlane, status = 'in an unknown condition', isReady } = seenPrimary(observation);
      if (request.kind !== 'switchover' || (controlPlane === 'reachable' && isReady)) return undefined;
      const state = controlPlane === 'reachable' ? `is ${status}` : `cannot be asked about (${controlPlane})`;
      return {
        problem: `the primary ${id} ${state}, and a switchover is asked for in its Region`,
        fix: 'wait until it is available; when it is lost, use failover',
      };
    },
  },
  {
    // Aurora promotes whether its own fence holds or not, and tells afterwards: who may decide that has to do it before.
    id: 'fence-by-cloud',
    severity: 'block',
    acceptance: 'acceptSplitBrainRisk',
    moves: ['global'],
    look: ({ request, observation }) => {
      const { id, stoppedAt } = seenPrimary(observation);
      if (request.kind !== 'failover' || stoppedAt !== undefined) return undefined;
      const by = request.override?.includes(DETACH)
        ? 'nothing fences it when the target is detached'
        : 'Aurora tries to fence it, and promotes also when that times out';
      return {
        problem: `${id} may still take writes after the promotion: ${by}`,
        fix: 'keep its clients from it by other means, and say in acceptSplitBrainRisk who takes the risk',
      };
    },
  },
  {
    id: DETACH,
    severity: 'block',
    acceptance: 'override',
    moves: ['global'],
    look: ({ request, chosen, observation: { topology } }) => {
      if (request.kind !== 'failover' || !request.override?.includes(DETACH)) return undefined;
      const target = chosen?.member ?? 'the target';
      return {
        problem: `${target} would be detached from the global database of ${topology.name}: no fence, no snapshot of what is lost, and nobody follows it; the others are to be detached and made anew by hand`,
        fix: `take ${DETACH} out of override, unless a managed failover was refused`,
      };
    },
  },
  {
    id: 'cannot-freeze',
    severity: 'block',
    acceptance: 'none',
    moves: ['stepwise'],
    look: ({ request, chosen, observation: { topology } }) => {
      const { engine, kind, primary } = topology;
      if (request.kind !== 'switchover' || moveOfRun(topology, 'switchover', chosen?.member ?? '') === 'handover') {
        return undefined;
      }
      if (kind !== 'instances') {
        return {
          problem: `nothing here freezes the cluster ${primary}, which the others follow by binary log`,
          fix: 'stop whoever writes to it, wait until AuroraBinlogReplicaLag is 0, and use failover',
        };
      }
      if (FREEZABLE.includes(engine.name)) return undefined;
      return {
        problem: `${primary} runs ${engine.name}, which nothing here makes read-only, so that it could be handed over`,
        fix: 'stop whoever writes to it, wait until its replica lags by nothing, stop it, and use failover',
      };
    },
  },
  {
    id: 'only-one-server',
    severity: 'block',
    acceptance: 'none',
    moves: ['inside'],
    look: ({ observation: { topology } }) =>
      topology.members.length > 1
        ? undefined
        : {
            problem: `${topology.within?.member} has the server ${topology.primary} alone: there is nobody to move to`,
            fix: 'add a reader to the cluster',
          },
  },
  {
    id: 'pending-resync',
    severity: 'warn',
    acceptance: 'none',
    moves: ['global'],
    look: ({ observation }) => {
      const ids = observation.topology.members
        .map(({ id }) => id)
        .filter((id) => seen(observation, id).status === 'pending-resync');
      if (ids.length === 0) return undefined;
      return {
        problem: `Aurora makes ${ids.join(' and ')} anew from the primary (pending-resync), which takes minutes to hours; until then nothing can move there, back neither`,
        fix: 'wait for its synchronisation status to be connected (RDS-EVENT-0241), and look again',
      };
    },
  },
];
