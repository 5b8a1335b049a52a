import { counted, type Evidence, type JudgedRun, type Promised } from './evidence';

interface Span {
  readonly from: number;
  readonly to: number;
}

/** From the first to the last call of a runner that changes something; undefined: it made none. */
function workOf({ rows }: JudgedRun): Span | undefined {
  const calls = rows.filter(({ type }) => type === 'attempt' || type === 'answer').map(({ at }) => at);
  return calls.length === 0 ? undefined : { from: Math.min(...calls), to: Math.max(...calls) };
}

/** The lease: while one runner changes something, no other one does. */
export function oneRunner({ runs }: Evidence): Promised {
  const spans = runs.flatMap((run) => workOf(run) ?? []).sort((a, b) => a.from - b.from);
  const both = spans.filter((span, index) => spans.slice(0, index).some(({ to }) => to > span.from));
  const seen = `${counted(both.length, 'runner')} at work while another one was, of ${counted(spans.length, 'runner')}`;
  return { id: 'one-runner', isKept: both.length === 0, seen };
}
