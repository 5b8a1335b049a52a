import type { Rehearsal } from '../../rehearsal';
import { formatDuration } from '../../topology';
import type { Paint } from '../paint';
import { textTable } from '../text-table';

/** What each rehearsal showed, and every promise that was broken. */
export function rehearsalScreen(rehearsals: readonly Rehearsal[], paint: Paint): string {
  const rows = rehearsals.map(({ scenario, verdict, runs }) => [
    scenario,
    verdict.isKept ? 'every promise kept' : 'PROMISE BROKEN',
    runs.at(-1)?.result?.outcome ?? 'no answer',
    verdict.lost.length === 0 ? 'nothing lost' : `${verdict.lost.length} writes lost`,
    `${formatDuration(Math.round(verdict.outage))} without writes`,
  ]);
  const [head = '', ...lines] = textTable([
    ['rehearsal', 'verdict', 'outcome', 'writes', "by the cloud's clock"],
    ...rows,
  ]);
  const verdicts = lines.map((line, index) =>
    paint(rehearsals[index]?.verdict.isKept === true ? 'green' : 'red', line),
  );
  return `${[head, ...verdicts, ...brokenLines(rehearsals)].join('\n')}\n`;
}

function brokenLines(rehearsals: readonly Rehearsal[]): readonly string[] {
  return rehearsals.flatMap(({ scenario, verdict }) =>
    verdict.promises.flatMap(({ id, isKept, seen }) => (isKept ? [] : `  ${scenario}: ${id}: ${seen}`)),
  );
}
