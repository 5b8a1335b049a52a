import type { InstanceBackend } from '../rds/instance-backend';
import { ScaledClock } from '../scaled-clock';

/** Seconds of the cloud in one of the machine's, at most, while the runbook or a server is at work: what they take is the machine's. */
const AT_WORK = 5;

/** The time of a stage. @param scale seconds of the cloud in one of the machine's, while only time is waited for */
export const stageClock = (scale: number): ScaledClock => new ScaledClock({ scale, atWork: Math.min(scale, AT_WORK) });

/** The same servers; while they are at work, time runs slowly. */
export const inItsTime = (backend: InstanceBackend, clock: ScaledClock): InstanceBackend => ({
  carryOut: (work) => {
    const done = backend.carryOut(work);
    return done && clock.during(() => done);
  },
  adopt: (instance) => backend.adopt?.(instance),
});
