import { OUTCOMES, PHASES } from '../contract';
import { TRANSITIONS, type Transition } from './phase-table';

/** The phase table as a Mermaid state diagram. Losing the lease looks the same in every phase, and is left out. */
export function stateDiagram(): string {
  const isOutcome = (name: string): boolean => (OUTCOMES as readonly string[]).includes(name);
  const arrow = ({ phase, signal, kind, next }: Transition): string =>
    `  ${nameOf(phase)} --> ${nameOf(next)}: ${signal}${kind === undefined ? '' : ` (${kind})`}`;
  const rows = TRANSITIONS.filter(({ signal }) => signal !== 'lease lost');
  const ends = [...new Set(rows.map(({ next }) => next).filter(isOutcome))];
  return [
    'stateDiagram-v2',
    `  [*] --> ${nameOf(PHASES[0])}`,
    ...rows.map(arrow),
    ...ends.map((outcome) => `  ${nameOf(outcome)} --> [*]`),
  ].join('\n');
}

/** Mermaid takes no hyphen in the name of a state. */
function nameOf(state: string): string {
  return state.replaceAll('-', '_');
}
