import { OUTCOMES, PHASES } from '../contract';
import { TRANSITIONS, type Transition } from './phase-table';

/** The phase table as a Mermaid state diagram. An interruption looks the same in every phase, and is left out. */
export function stateDiagram(): string {
  const rows = TRANSITIONS.filter(({ next }) => next !== 'IN_PROGRESS');
  const ends = OUTCOMES.filter((outcome) => rows.some(({ next }) => next === outcome));
  return [
    'stateDiagram-v2',
    `  [*] --> ${nameOf(PHASES[0])}`,
    ...rows.map(arrow),
    ...ends.map((outcome) => `  ${outcome} --> [*]`),
  ].join('\n');
}

function arrow({ phase, signal, kind, next, noBetterThan }: Transition): string {
  const notes = [kind, noBetterThan === undefined ? undefined : `at best ${noBetterThan}`].filter((note) => note);
  return `  ${nameOf(phase)} --> ${nameOf(next)}: ${signal}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`;
}

/** Mermaid takes no hyphen in the name of a state. */
function nameOf(state: string): string {
  return state.replaceAll('-', '_');
}
