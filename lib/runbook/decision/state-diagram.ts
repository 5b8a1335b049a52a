import { OUTCOMES, PHASES } from '../contract';
import { TRANSITIONS, type Transition } from './phase-table';

/**
 * The phase table as a Mermaid state diagram. An interruption looks the same in every phase, and is left out; ways from one
 * state to the same next one share an arrow, because Mermaid writes the labels of parallel arrows over each other.
 */
export function stateDiagram(): string {
  const rows = TRANSITIONS.filter(({ next }) => next !== 'IN_PROGRESS');
  const ends = OUTCOMES.filter((outcome) => rows.some(({ next }) => next === outcome));
  const arrows = new Map<string, string[]>();
  for (const row of rows) {
    const arrow = `${nameOf(row.phase)} --> ${nameOf(row.next)}`;
    arrows.set(arrow, [...(arrows.get(arrow) ?? []), labelOf(row)]);
  }
  return [
    'stateDiagram-v2',
    `  [*] --> ${nameOf(PHASES[0])}`,
    ...[...arrows].map(([arrow, labels]) => `  ${arrow}: ${labels.join('<br/>')}`),
    ...ends.map((outcome) => `  ${outcome} --> [*]`),
  ].join('\n');
}

function labelOf({ signal, kind, noBetterThan }: Transition): string {
  const notes = [kind, noBetterThan === undefined ? undefined : `at best ${noBetterThan}`].filter((note) => note);
  return `${signal}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`;
}

/** Mermaid takes no hyphen in the name of a state. */
function nameOf(state: string): string {
  return state.replaceAll('-', '_');
}
