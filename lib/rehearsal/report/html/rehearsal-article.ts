import type { ReportedRehearsal } from '../report-schema';
import { spanText } from './amount-text';
import { copyable, detailsSection } from './details-section';
import { figuresSection } from './figures-section';
import { findingsSection } from './findings-section';
import { html, type Markup } from './markup';
import { scenarioTitle } from './scenario-title';
import { storySection } from './story-section';
import { timelineSection } from './timeline-section';
import { verdictSection } from './verdict-section';

const ENGINES = { postgres: 'PostgreSQL', mariadb: 'MariaDB' } as const;

/** All about one rehearsal: the verdict, the numbers, the picture, and then what they are made of. */
export function rehearsalArticle(rehearsal: ReportedRehearsal, id: string): Markup {
  const { scenario, about, engine, seconds, took, scale } = rehearsal;
  const played = `Played on real ${ENGINES[engine]} servers: ${spanText(seconds)} of the cloud in ${spanText(took)}, time ran ${scale} times as fast, and slower while something was at work.`;
  return html`<article id="${id}">
    <header>
      <h2>${scenarioTitle(scenario)}</h2>
      <p>${about}</p>
    </header>
    ${verdictSection(rehearsal)} ${figuresSection(rehearsal)} ${timelineSection(rehearsal)} ${storySection(rehearsal)}
    ${findingsSection(rehearsal)} ${detailsSection(rehearsal)}
    <section>
      <h3>Play it again</h3>
      <p>
        ${played} What the machine itself takes counts as much more, too: outages are rather too long than too short.
      </p>
      ${copyable('The command that plays it again', rehearsal.replay ?? replayCommand(rehearsal))}
    </section>
  </article>`;
}

function replayCommand({ scenario, seed, scale, engine }: ReportedRehearsal): string {
  return `understudy rehearse FILE --scenario '${scenario}' --seed ${seed} --scale ${scale} --engine ${engine}`;
}
