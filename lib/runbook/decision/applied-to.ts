import type { MemberId } from '../../topology';
import { trustedUntil } from './alive-until';
import { instantText } from './instant-text';
import { seen, type Instant, type LagSample, type Observation, type Position } from './observation';
import type { Policy } from './policy';

/** A position, or why there is none. */
export type Whereabouts =
  | { readonly position: Position; readonly because?: undefined }
  | { readonly position?: undefined; readonly because: string };

/**
 * Up to where a member has applied writes, as well as that is known: by its own word, else by its lag in samples taken while
 * everybody above it was alive.
 *
 * A sample after the failure counts for nothing. MySQL may say 0 while its receiver waits for a primary that is long gone;
 * PostgreSQL's lag climbs a second each second. Both would be taken for what they are not.
 */
export function appliedTo(observation: Observation, id: MemberId, policy: Policy): Whereabouts {
  const { position, samples } = seen(observation, id);
  if (position !== undefined) return asked(position, observation, id, policy);
  const until = trustedUntil(observation, id, policy);
  if (until === undefined) {
    return {
      because: `nobody knows how far ${id} is: it was not asked, and no sample of its lag can be trusted while it is unknown when those above it were last alive`,
    };
  }
  const sample = newest(samples, until);
  if (sample === undefined) {
    return {
      because: `nobody knows how far ${id} is: it was not asked, and its lag was not sampled before ${instantText(until)}`,
    };
  }
  // The newest one decides: an older good one would hide that replication had stopped.
  if (!isLag(sample)) {
    return {
      because: `${id} did not replicate at ${instantText(sample.at)}, when its lag was last sampled before ${instantText(until)}`,
    };
  }
  return {
    position: {
      appliedTo: sample.at - (sample.lag ?? 0),
      error: policy.samplePeriod + policy.silence + policy.clockSkew,
      source: 'metric',
    },
  };
}

/** What the position certainly covers: what counts when members are compared, because a guess loses nobody's writes less. */
export function certainTo({ appliedTo: guess, error }: Position): Instant {
  return guess - error;
}

/** The newest sample up to a time; of two at once, the worse. */
export function newest(samples: readonly LagSample[], until: Instant): LagSample | undefined {
  return samples
    .filter(({ at }) => at <= until)
    .toSorted((a, b) => b.at - a.at || Number(isLag(a)) - Number(isLag(b)) || (b.lag ?? 0) - (a.lag ?? 0))[0];
}

/** False for null, for -1, and for whatever else is no length of time. */
export function isLag({ at, lag }: LagSample): boolean {
  return lag !== null && lag >= 0 && lag <= at;
}

function asked(position: Position, { at }: Observation, id: MemberId, { clockSkew }: Policy): Whereabouts {
  const { appliedTo: guess, error } = position;
  if (guess <= at + clockSkew && guess - error >= 0)
    return { position: { ...position, appliedTo: Math.min(at, guess) } };
  return { because: `${id} says that it has applied writes of a time that cannot be: its clock is wrong` };
}
