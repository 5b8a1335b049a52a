import { momentText } from '../page';
import type { Band, ReportedRehearsal, ReportedRun } from '../report-schema';
import { countText, spanText } from './amount-text';
import { lane, type Bar } from './lane';
import { html, type Markup } from './markup';

/** Which phases belong together, for the eye. */
const STAGE_OF: Readonly<Record<string, string>> = {
  ...{ fence: 'fence', 'catch-up': 'fence', promote: 'promote', confirm: 'promote' },
  ...{ restore: 'finish', repoint: 'finish', rebuild: 'finish', report: 'finish', undo: 'undo' },
};

/** Numbers of the members' colours, the same in every part of a report. */
export function coloursOf({ topology }: ReportedRehearsal): (member: string | undefined) => number {
  const ids = topology.members.map(({ id }) => id);
  return (member) => {
    const index = ids.indexOf(member ?? '');
    return index < 0 ? 5 : index % 6;
  };
}

/** What the runbook did, who was primary and how each client fared: one under the other. */
export function lanes(rehearsal: ReportedRehearsal): Markup {
  const { runs, reigns, writes, seconds } = rehearsal;
  const colour = coloursOf(rehearsal);
  const reigning = [...new Set(reigns.map(({ member }) => member))];
  const reignBars = (member: string): readonly Bar[] =>
    reigns
      .filter((reign) => reign.member === member)
      .map(({ from, to = seconds, tookWrites }) => ({
        ...{ from, to, look: `m${colour(member)}`, label: member },
        title: `${stretch(from, to)}: ${member} is primary${tookWrites ? '' : ', and takes no writes'}`,
      }));
  return html`${lane('Runbook', runs.flatMap(phaseBars))}
  ${reigning.map((member, index) => lane(index === 0 ? 'Primary' : html`<span class="sr">Primary</span>`, reignBars(member), index === 0 ? '' : 'more'))}
  ${writes.clients.map(({ name, band }, index) =>
    lane(
      name,
      band.map((each) => bandBar(each, colour)),
      index === 0 ? '' : 'more',
    ),
  )}`;
}

function phaseBars({ phases, event }: ReportedRun): readonly Bar[] {
  if (event.mode === 'plan') return [];
  return phases.map(({ phase, from, to }) => ({
    ...{ from, to, look: `phase ${STAGE_OF[phase] ?? 'look'}`, label: phase },
    title: `${stretch(from, to)}: ${event.mode}, phase ${phase}, ${spanText(to - from)}`,
  }));
}

function bandBar(band: Band, colour: (member: string | undefined) => number): Bar {
  const { from, to, state, member, acknowledged, lost, refused, unknown } = band;
  const failed = [
    refused > 0 ? `${countText(refused, 'attempt')} refused` : [],
    unknown > 0 ? `${countText(unknown, 'write')} without an answer` : [],
  ].flat();
  const rest = failed.length > 0 ? `, ${failed.join(', ')}` : '';
  const when = stretch(from, to);
  if (state === 'none')
    return { from, to, look: 'none', label: '', title: `${when}: no write for ${spanText(to - from)}${rest}` };
  const taken = `${when}: ${countText(acknowledged, 'write')} acknowledged by ${member ?? 'nobody'}`;
  if (state === 'written') return { from, to, look: `written m${colour(member)}`, label: '', title: `${taken}${rest}` };
  return {
    from,
    to,
    look: 'lost',
    label: 'lost',
    title: `${taken}, of which ${countText(lost, 'was', 'were')} lost${rest}`,
  };
}

const stretch = (from: number, to: number): string => `${momentText(from)} to ${momentText(to)}`;
