import { momentText, ticksOf, type LagPicture } from '../page';
import type { ReportedRehearsal } from '../report-schema';
import { spanText } from './amount-text';
import { coloursOf, lanes } from './lanes';
import { lastRun } from './figures-section';
import { html, json, type Markup } from './markup';

/** RDS measures once a minute: what is farther apart was not measured between. */
const MEASURED = 150;
/** Marks that fit under a picture on a phone. */
const MARKS = 7;

/** Everything over one axis of time: phases, who was primary, whose writes went through, and the lag of every member. */
export function timelineSection(rehearsal: ReportedRehearsal): Markup {
  const { seconds, acts, scenario } = rehearsal;
  return html`<figure
    class="timeline"
    style="--from:0;--span:${seconds}"
    data-span="${seconds}"
    aria-label="${scenario}: what happened over time"
  >
    <figcaption>
      <h3>Over time</h3>
      <p>Minutes and seconds of the cloud that is played. A bar has the colour of the member it is about.</p>
      <div class="zoom">${zoomButtons(rehearsal)}</div>
    </figcaption>
    <div class="lanes">
      ${
        acts.length > 0 &&
        html`<div class="lane flags">
          <h4>What happened</h4>
          <ol class="track">
            ${acts.map(
              ({ at, text, member }, index) =>
                html`<li
                  class="flag"
                  style="--a:${at}"
                  title="${momentText(at)}: ${member !== undefined && `${member}: `}${text}"
                >
                  <span>${index + 1}</span>
                </li>`,
            )}
          </ol>
        </div>`
      }
      ${lanes(rehearsal)}
      <div class="lane axis" aria-hidden="true">
        <h4></h4>
        <ol class="track">
          ${ticksOf(0, seconds, MARKS).map((at) => html`<li style="--a:${at}">${momentText(at)}</li>`)}
        </ol>
      </div>
      ${lagLane(rehearsal)}
    </div>
    <p class="readout" role="status" hidden></p>
    ${legend(rehearsal)}
  </figure>`;
}

function zoomButtons(rehearsal: ReportedRehearsal): Markup {
  const { seconds, writes } = rehearsal;
  const run = lastRun(rehearsal);
  const { outage } = writes;
  const around = (from: number, to: number): readonly [number, number] => {
    const margin = Math.max(2, (to - from) * 0.08);
    return [Math.max(0, from - margin), Math.min(seconds, to + margin)];
  };
  const views = [
    { name: 'All', view: [0, seconds] as const },
    run === undefined ? [] : { name: 'The run', view: around(run.began, run.ended) },
    outage === undefined ? [] : { name: 'Without writes', view: around(outage.from, outage.to) },
  ].flat();
  return html`${views.map(
    ({ name, view: [from, to] }, index) =>
      html`<button type="button" data-from="${from}" data-to="${to}" aria-pressed="${index === 0 ? 'true' : 'false'}">
        ${name}
      </button>`,
  )}`;
}

function lagLane(rehearsal: ReportedRehearsal): Markup {
  const { lag, seconds, topology } = rehearsal;
  const colour = coloursOf(rehearsal);
  const picture: LagPicture = {
    ...{ seconds, objective: topology.objectives.lag },
    curves: lag.map(({ member, points }) => ({ member, colour: colour(member), points: withGaps(points) })),
  };
  const highest = lag.map(
    ({ member, points }) => `${member} ${spanText(Math.max(0, ...points.map(([, value]) => value)))}`,
  );
  return html`<div class="lane lag">
    <h4>Lag <span class="unit">in seconds</span></h4>
    <div class="chart" role="img" aria-label="Replication lag over time. Highest: ${highest.join(', ')}."></div>
    <script type="application/json">
      ${json(picture)}
    </script>
    <noscript><p class="quiet">The curves are drawn by a script. Highest: ${highest.join(', ')}.</p></noscript>
  </div>`;
}

/** A curve is not drawn where nothing was measured, and where replication is broken (which is no number of seconds). */
function withGaps(points: readonly (readonly [number, number])[]): LagPicture['curves'][number]['points'] {
  return points.flatMap(([at, value], index) => {
    const before = points[index - 1]?.[0] ?? at;
    const point = [at, value < 0 ? null : value] as const;
    return at - before > MEASURED ? [[(at + before) / 2, null] as const, point] : [point];
  });
}

function legend(rehearsal: ReportedRehearsal): Markup {
  const colour = coloursOf(rehearsal);
  const { topology, lost, writes } = rehearsal;
  const hasSilence = writes.clients.some(({ band }) => band.some(({ state }) => state === 'none'));
  return html`<ul class="legend">
    ${topology.members.map(({ id, region }) => html`<li><i class="m${colour(id)}"></i>${id}<span class="quiet"> ${region}</span></li>`)}
    ${hasSilence && html`<li><i class="none"></i>no writes</li>`}
    ${lost.length > 0 && html`<li><i class="lost"></i>acknowledged, then lost</li>`}
    <li><i class="objective"></i>lag objective ${spanText(topology.objectives.lag)}</li>
  </ul>`;
}
