import type { ReportedRehearsal } from '../report-schema';
import { lastRun } from './figures-section';
import { html, type Markup } from './markup';
import { withMoments } from './with-moments';

/** What the runbook found, and what it says is to be done now. */
export function findingsSection(rehearsal: ReportedRehearsal): Markup {
  const { findings = [], next = [] } = lastRun(rehearsal)?.result ?? {};
  return html`<section>
    <h3>What the runbook says</h3>
    ${findings.length === 0 && html`<p class="quiet">It found nothing to object to.</p>`}
    ${
      findings.length > 0 &&
      html`<ul class="findings">
        ${findings.map(
          ({ id, severity, problem, fix, accepted, acceptance }) =>
            html`<li class="${severity}">
              <p>
                <code>${id}</code>
                <span class="tag">${severity}</span>
                ${accepted && html`<span class="tag">accepted by ${acceptance}</span>`}
              </p>
              <p>${withMoments(problem, rehearsal)}</p>
              <p class="quiet">${withMoments(fix, rehearsal)}</p>
            </li>`,
        )}
      </ul>`
    }
    ${
      next.length > 0 &&
      html`<h4>What to do next</h4>
        <ol class="next">
          ${next.map((each) => html`<li>${each}</li>`)}
        </ol>`
    }
  </section>`;
}
