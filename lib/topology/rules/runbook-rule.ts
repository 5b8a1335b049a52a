import type { Severity } from '../finding';
import { TOPOLOGY_KINDS, type TopologyKind } from '../kinds';
import type { RunbookRequest } from '../runbook-request';
import type { TopologyView } from '../topology-view';
import type { Message, Rule } from './rule';

/** A rule of the runbook that is asked for, if one is: said of each place where it is broken. */
export function runbookRule<Place>(data: {
  readonly code: string;
  readonly severity: Severity;
  readonly about: string;
  /** @default all */
  readonly kinds?: readonly TopologyKind[];
  readonly broken: (runbook: RunbookRequest, view: TopologyView) => readonly Place[];
  /** `at` is below the runbook. */
  readonly message: (place: Place, view: TopologyView) => Message;
}): Rule {
  const { code, severity, about, kinds = TOPOLOGY_KINDS, broken, message } = data;
  return {
    ...{ code, severity, about, kinds },
    check: (view) => {
      const { runbook } = view.topology.aws;
      const places = runbook === undefined ? [] : broken(runbook, view);
      return places.map((place) => {
        const { at, problem, allowed, fix } = message(place, view);
        return { code, severity, path: ['aws', 'runbook', ...at], problem, allowed, fix };
      });
    },
  };
}
