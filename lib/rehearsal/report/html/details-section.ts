import { momentText } from '../page';
import type { ReportedRehearsal, ReportedRun } from '../report-schema';
import { countText, numberText, spanText } from './amount-text';
import { disclosure } from './disclosure';
import { html, type Insert, type Markup } from './markup';

/** Lost writes that are listed; `report.json` has all. */
const LISTED = 50;

/** What somebody reads who does not believe the rest. */
export function detailsSection(rehearsal: ReportedRehearsal): Markup {
  return html`<section class="details">
    <h3>In detail</h3>
    ${lostDetails(rehearsal)} ${phaseDetails(rehearsal)} ${clientDetails(rehearsal)} ${lagDetails(rehearsal)}
    ${callDetails(rehearsal)} ${rehearsal.runs.map((run) => runDetails(run, rehearsal))}
  </section>`;
}

function lostDetails({ lost }: ReportedRehearsal): Insert {
  if (lost.length === 0) return false;
  const rest = lost.length - LISTED;
  return disclosure(
    `Lost: ${countText(lost.length, 'write')}`,
    html`${table(
      ['write', 'of', 'acknowledged by', 'sent', 'acknowledged'],
      lost
        .slice(0, LISTED)
        .map(({ id, client, member, sent, ended }) => [id, client, member, exact(sent), exact(ended)]),
    )}
    ${rest > 0 && html`<p class="quiet">and ${numberText(rest)} more: report.json lists every one.</p>`}`,
  );
}

function phaseDetails({ runs, outageByPhase, outage }: ReportedRehearsal): Insert {
  const phases = runs.filter(({ event }) => event.mode !== 'plan').flatMap((run) => run.phases);
  if (phases.length === 0) return false;
  return disclosure(
    `Phases of the run: ${spanText(phases.reduce((sum, { from, to }) => sum + to - from, 0))}`,
    html`${table(
      ['phase', 'from', 'took'],
      phases.map(({ phase, from, to }) => [phase, momentText(from), spanText(to - from)]),
    )}
    ${
      outageByPhase.length > 0 &&
      html`<h4>Where the ${spanText(outage)} without writes went</h4>
        ${table(
          ['phase', 'without writes'],
          outageByPhase.map(({ phase, seconds }) => [phase, spanText(seconds)]),
        )}`
    }`,
  );
}

function clientDetails({ writes: { clients }, reads }: ReportedRehearsal): Markup {
  const { answered, unanswered, stale } = reads;
  return disclosure(
    `Clients: ${clients.length}`,
    html`${table(
      ['client', 'acknowledged', 'of these lost', 'refused', 'no answer', 'longest without'],
      clients.map((each) => [
        each.name,
        ...[each.acknowledged, each.lost, each.refused, each.unknown].map(numberText),
        spanText(each.longest),
      ]),
    )}
    ${
      answered + unanswered > 0 &&
      html`<p>
        ${countText(answered, 'read')} answered, ${numberText(unanswered)} not; ${numberText(stale.length)} stale after
        the names were moved.
      </p>`
    }`,
  );
}

function lagDetails({ lag, topology }: ReportedRehearsal): Markup {
  const { objectives } = topology;
  return disclosure(
    `Lag: ${countText(lag.length, 'member')}`,
    table(
      ['member', 'measured', 'highest', 'in the end', `above ${spanText(objectives.lag)}`],
      lag.map(({ member, points }) => {
        const values = points.map(([, value]) => value);
        const above = values.filter((value) => value > objectives.lag).length;
        const times = (count: number): string => countText(count, 'time');
        return [
          member,
          times(values.length),
          spanText(Math.max(...values)),
          spanText(values.at(-1) ?? 0),
          times(above),
        ];
      }),
    ),
  );
}

function callDetails({ calls: { counts, mutations } }: ReportedRehearsal): Markup {
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  return disclosure(
    `Calls of the cloud's API: ${numberText(all)}, of which ${numberText(mutations.length)} could change something`,
    html`${table(
        ['service', 'action', 'calls', 'not ok'],
        counts.map(({ service, action, count, failed }) => [service, action, numberText(count), numberText(failed)]),
      )}
      <h4>What could change something</h4>
      ${table(
        ['at', 'call', 'of', 'Region', 'answer'],
        mutations.map(({ at, service, action, resource, region, outcome, effect }) => [
          ...[momentText(at), `${service}:${action}`, resource ?? '', region],
          `${outcome}${effect ? '' : ', no effect'}`,
        ]),
      )}`,
  );
}

function runDetails({ event, result, journal, began, holder }: ReportedRun, { scenario }: ReportedRehearsal): Markup {
  const title = `${event.mode}, asked at ${momentText(began)} by ${holder}`;
  return disclosure(
    `Event and result: ${title}`,
    html`${copyable(`Event of ${scenario}: ${title}`, JSON.stringify(event, undefined, 2))}
      ${
        result === undefined
          ? html`<p>There is no result: the runner was killed before.</p>`
          : copyable(`Result of ${scenario}: ${title}`, JSON.stringify(result, undefined, 2))
      }
      <p class="quiet">Its journal has ${countText(journal.length, 'row')}: report.json has them.</p>`,
  );
}

/** A text to be taken elsewhere. */
export function copyable(label: string, text: string): Markup {
  return html`<div class="copyable"><pre tabindex="0" aria-label="${label}">${text}</pre></div>`;
}

function table(head: readonly string[], rows: readonly (readonly Insert[])[]): Markup {
  return html`<div class="scroll" tabindex="0">
    <table>
      <thead>
        <tr>
          ${head.map((each) => html`<th scope="col">${each}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

const exact = (seconds: number): string => `${seconds.toFixed(3)} s`;
