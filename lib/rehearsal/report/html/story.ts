import type { JournalRow } from '../../../runbook/execution/ports';
import type { ReportedRehearsal, ReportedRun } from '../report-schema';

/** One thing that happened, for a person. */
export interface Happening {
  readonly at: number;
  /** `cloud`: what the story let happen; `runbook`: what it did about it; `clients`: what they saw. */
  readonly who: 'cloud' | 'runbook' | 'clients';
  readonly text: string;
  /** Of what happened to the cloud: its number in the picture. */
  readonly number?: number;
}

/** What happened, in order. */
export function storyOf(rehearsal: ReportedRehearsal): readonly Happening[] {
  const { acts, runs } = rehearsal;
  const cloud = acts.map(({ at, text, member }, index) => ({
    ...{ at, who: 'cloud' as const, number: index + 1 },
    text: member === undefined ? text : `${member}: ${text}`,
  }));
  const happenings = [
    ...cloud,
    ...runs.flatMap((run) => runHappenings(run, rehearsal)),
    ...clientHappenings(rehearsal),
  ];
  return happenings.toSorted((a, b) => a.at - b.at);
}

function runHappenings(run: ReportedRun, { began }: ReportedRehearsal): readonly Happening[] {
  const who = 'runbook' as const;
  const start = Date.parse(began) / 1000;
  const asked = { at: run.began, who, text: askedText(run) };
  const killed = { at: run.ended, who, text: `${run.holder} was killed before it answered` };
  // A plan is told of where it was asked for: it begins nothing that could end.
  const journal = run.event.mode === 'plan' ? [] : (run.journal as unknown as readonly JournalRow[]);
  const rows = journal.flatMap((row) => {
    const text = rowText(row);
    return text === undefined ? [] : { at: row.at - start, who, text };
  });
  return [asked, ...rows, ...(run.result === undefined ? [killed] : [])];
}

function askedText({ event, result, holder }: ReportedRun): string {
  const target = event.target ?? result?.plan?.target;
  const whom = target === undefined ? '' : `, to ${target}`;
  if (event.mode === 'plan') return `asked for a plan${whom}: ${planned(result)}`;
  return `${holder} asks for ${event.mode}${whom}`;
}

function planned(result: ReportedRun['result']): string {
  const plan = result?.plan;
  return plan === undefined ? (result?.outcome ?? 'no answer') : `${plan.mode} from ${plan.primary} to ${plan.target}`;
}

/** Of the rows, those that a person asks for. */
const ROW_TEXTS: { readonly [Type in JournalRow['type']]?: (row: Extract<JournalRow, { type: Type }>) => string } = {
  resumed: ({ holder, phase }) => `${holder} takes the run up again, in phase ${phase}`,
  frozen: () => 'the primary is frozen, and its position is known',
  fenced: ({ fence }) => `the fence is ${fence.outcome}`,
  promoted: ({ member }) => `${member} is the primary`,
  shortfall: ({ phase, problem }) => `${phase}: ${problem}`,
  'abort asked': ({ by, reason }) => `${by} asks it to stop: ${reason}`,
  ended: ({ outcome, detail }) => `the run ends ${outcome}${detail === undefined ? '' : `: ${detail}`}`,
};

function rowText(row: JournalRow): string | undefined {
  return (ROW_TEXTS[row.type] as ((row: JournalRow) => string) | undefined)?.(row);
}

function clientHappenings({ writes: { clients, outage } }: ReportedRehearsal): readonly Happening[] {
  const bands = clients.flatMap(({ band }) => band).filter(({ state }) => state !== 'none');
  const members = [...new Set(bands.map(({ member }) => member))];
  const firsts = members.map((member) => ({
    at: Math.min(...bands.filter((band) => band.member === member).map(({ from }) => from)),
    who: 'clients' as const,
    text: `the first write that ${member ?? 'nobody'} acknowledges`,
  }));
  if (outage === undefined) return firsts;
  return [...firsts, { at: outage.from, who: 'clients' as const, text: 'the last write before the longest outage' }];
}
