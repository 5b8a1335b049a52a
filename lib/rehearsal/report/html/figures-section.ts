import type { ReportedRehearsal, ReportedRun } from '../report-schema';
import { html, type Insert, type Markup } from './markup';
import { numberText, spanText } from './amount-text';

interface Figure {
  readonly title: string;
  readonly value: Insert;
  readonly notes: readonly (string | undefined | false)[];
  /** `bad` catches the eye. */
  readonly tone?: 'bad' | 'warn';
}

/** What is no phase of the run. */
const PHASE_WORDS: Readonly<Record<string, string>> = { before: 'before the run', after: 'after the run' };

/** The numbers that somebody asks for first. */
export function figuresSection(rehearsal: ReportedRehearsal): Markup {
  const run = lastRun(rehearsal);
  const figures = [
    outageFigure(rehearsal),
    lossFigure(rehearsal, run),
    writesFigure(rehearsal),
    fenceFigure(run),
    runFigure(run),
  ].flatMap((figure) => figure ?? []);
  return html`<dl class="figures">
    ${figures.map(
      ({ title, value, notes, tone = '' }) =>
        html`<div class="figure ${tone}">
          <dt>${title}</dt>
          <dd>
            <span class="value">${value}</span>
            ${notes.flatMap((note) => note || []).map((note) => html`<span class="note">${note}</span>`)}
          </dd>
        </div>`,
    )}
  </dl>`;
}

/** The last that was asked to change something, else the last of all. */
export function lastRun({ runs }: ReportedRehearsal): ReportedRun | undefined {
  return runs.findLast(({ event }) => event.mode !== 'plan') ?? runs.at(-1);
}

function outageFigure({ outage, outageByPhase, topology }: ReportedRehearsal): Figure {
  const { member, region } = topology.objectives.recovery;
  const objectives = [
    member === undefined ? [] : spanText(member),
    region === undefined ? [] : `${spanText(region)} for a Region`,
  ].flat();
  const [most] = outageByPhase.toSorted((a, b) => b.seconds - a.seconds);
  return {
    title: 'Without writes',
    value: spanText(outage),
    notes: [
      most !== undefined && `most of it, ${spanText(most.seconds)}, ${PHASE_WORDS[most.phase] ?? `in ${most.phase}`}`,
      objectives.length > 0 && `objective: ${objectives.join(', ')}`,
    ],
  };
}

function lossFigure({ lost, topology }: ReportedRehearsal, run: ReportedRun | undefined): Figure {
  const { loss, outcome } = run?.result ?? {};
  const isMoved = outcome === 'DONE' || outcome === 'DEGRADED';
  const most =
    loss && (loss.to === undefined ? 'no end that is proven' : `at most ${spanText(loss.seconds + loss.error)}`);
  const { dataLoss } = topology.objectives;
  const span = Math.max(0, ...lost.map(({ ended }) => ended)) - Math.min(...lost.map(({ sent }) => sent));
  return {
    title: 'Lost',
    value: lost.length === 0 ? 'nothing' : numberText(lost.length),
    notes: [
      lost.length > 0 && `acknowledged writes, over ${spanText(span)}`,
      isMoved && `told: ${most ?? 'nothing is lost'}`,
      dataLoss !== undefined && `objective: ${spanText(dataLoss)}`,
    ],
    ...(lost.length > 0 && { tone: 'warn' as const }),
  };
}

function writesFigure({ writes: { acknowledged, refused, unknown } }: ReportedRehearsal): Figure {
  return {
    title: 'Acknowledged',
    value: numberText(acknowledged),
    notes: [`${numberText(refused)} refused`, `${numberText(unknown)} without an answer`],
  };
}

function fenceFigure(run: ReportedRun | undefined): Figure | undefined {
  const fence = run?.result?.fence;
  if (fence === undefined) return undefined;
  const isProven = fence.outcome === 'proven';
  return {
    title: 'Fence',
    value: fence.outcome,
    notes: [isProven ? 'the old primary takes no writes' : `risk taken by ${fence.accepted?.by ?? 'nobody'}`],
    ...(!isProven && { tone: 'warn' as const }),
  };
}

function runFigure(run: ReportedRun | undefined): Figure | undefined {
  if (run === undefined) return undefined;
  const { result, began, ended, event } = run;
  const { primary, target } = result?.plan ?? {};
  return {
    title: 'Runbook',
    value: result?.outcome.replaceAll('_', ' ').toLowerCase() ?? 'killed',
    notes: [
      `${event.mode}, ${spanText(ended - began)}`,
      primary !== undefined && target !== undefined && `${primary} to ${target}`,
    ],
  };
}
