import { UnderstudyError } from '../../topology';
import { answersLost } from './built-in/answers-lost';
import { auroraFailsOver } from './built-in/aurora-fails-over';
import { apiThrottled } from './built-in/api-throttled';
import { candidateDies } from './built-in/candidate-dies';
import { candidateLags } from './built-in/candidate-lags';
import { clusterLost } from './built-in/cluster-lost';
import { diskFull } from './built-in/disk-full';
import { failback } from './built-in/failback';
import { fenceTimedOut } from './built-in/fence-timed-out';
import { headlessTarget } from './built-in/headless-target';
import { linkSlow } from './built-in/link-slow';
import { metricsLate } from './built-in/metrics-late';
import { plannedSwitchover } from './built-in/planned-switchover';
import { primaryKilled } from './built-in/primary-killed';
import { regionCutOff } from './built-in/region-cut-off';
import { replicationBroken } from './built-in/replication-broken';
import { twoOperators } from './built-in/two-operators';
import { KILLED_IN, runbookKilledIn } from './built-in/runbook-killed';
import type { Scenario } from './scenario';

/** Every scenario that is there; of the runbook that is killed, the phase after which nobody can go back. */
export const SCENARIOS: readonly Scenario[] = [
  plannedSwitchover,
  primaryKilled,
  regionCutOff,
  candidateLags,
  replicationBroken,
  candidateDies,
  twoOperators,
  apiThrottled,
  answersLost,
  diskFull,
  linkSlow,
  metricsLate,
  failback,
  clusterLost,
  headlessTarget,
  fenceTimedOut,
  auroraFailsOver,
  runbookKilledIn('promote'),
];

/** A scenario by its name; `runbook-killed-in-PHASE` for every phase. @throws UnderstudyError `no-such-scenario` */
export function scenarioNamed(name: string): Scenario {
  const found = [...SCENARIOS, ...KILLED_IN.map(runbookKilledIn)].find((each) => each.name === name);
  if (found) return found;
  const names = SCENARIOS.map((each) => each.name).join(', ');
  throw new UnderstudyError(
    'no-such-scenario',
    `no scenario is called ${name}; allowed: ${names}, or the same in another phase, or a YAML file; name one of them`,
  );
}
