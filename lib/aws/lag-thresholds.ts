import { IDLE_CLIMB, UnderstudyError, type Member, type Seconds, type Topology } from '../topology';
import { isUnknown } from './known-values';

/** A minute more than an idle PostgreSQL primary can explain. */
const ABOVE_IDLE_CLIMB: Seconds = IDLE_CLIMB + 60;

/**
 * Lag in seconds above which a member's alarm fires: the objective, plus the delay of a delayed member.
 *
 * PostgreSQL's metric climbs to 300 s on an idle primary, so without a heartbeat the alarm cannot be set below that; a rule
 * says so at synthesis.
 *
 * @throws UnderstudyError when one of these times is only known at deployment: it cannot be reckoned with.
 */
export function lagThreshold({ engine, heartbeat, objectives }: Topology, member: Member): Seconds {
  if ([objectives.lag, heartbeat, member.aws.delay].some(isUnknown)) {
    throw new UnderstudyError(
      'duration-unknown',
      `the alarm of ${member.id} needs the lag objective, the heartbeat and the delay, and one of them is only known at deployment; allowed: literal durations; fix: write it out`,
    );
  }
  const climbs = engine.name === 'postgres' && heartbeat === undefined;
  return (climbs ? Math.max(objectives.lag, ABOVE_IDLE_CLIMB) : objectives.lag) + (member.aws.delay ?? 0);
}

/**
 * Minutes for which PostgreSQL's replay must stand still until replication counts as broken: longer than the primary can be
 * idle.
 */
export function standstillMinutes({ heartbeat }: Topology): number {
  return Math.ceil((heartbeat ?? IDLE_CLIMB) / 60) + 2;
}
