import type { DatabaseProbe, DataPlaneSighting } from '../../runbook/execution/ports';
import type { ScaledClock } from '../scaled-clock';

/** A probe of servers that tell the machine's time, for a runbook that lives by a faster one. */
export function scaledProbe(probe: DatabaseProbe, clock: ScaledClock): DatabaseProbe {
  const scaled = (instant: number): number => clock.at(instant * 1000) / 1000;
  return {
    isConnected: probe.isConnected,
    ask: async (question) => withTimes(await probe.ask(question), scaled),
    tryWrite: (question) => probe.tryWrite(question),
    ...(probe.obstacles && { obstacles: probe.obstacles.bind(probe) }),
  };
}

function withTimes(sighting: DataPlaneSighting, scaled: (instant: number) => number): DataPlaneSighting {
  const { position, lastHeard } = sighting;
  return {
    ...sighting,
    ...(position && { position: { ...position, appliedTo: scaled(position.appliedTo) } }),
    ...(lastHeard === undefined ? {} : { lastHeard: scaled(lastHeard) }),
  };
}
