import { createHash } from 'node:crypto';
import { ENGINES } from '../../../topology';
import type { Report, ReportedRehearsal } from '../report-schema';
import { countText, numberText, spanText } from './amount-text';
import { lastRun } from './figures-section';
import { html, Markup, type Insert } from './markup';
import { rehearsalArticle } from './rehearsal-article';
import { scenarioTitle } from './scenario-title';
import { verdictText } from './verdict-section';

/** What is inlined into the page: our own style and script, with the library that draws. */
export interface PageAssets {
  readonly style: string;
  readonly script: string;
}

/** The whole report as one file that needs nothing else, and that loads nothing. */
export function reportPage(report: Report, { style, script }: PageAssets): string {
  const { rehearsals, isKept, madeBy } = report;
  const names = [...new Set(rehearsals.map(({ topology }) => topology.name))].join(', ');
  const ids = rehearsals.map((_, index) => `rehearsal-${index + 1}`);
  const icon = `data:image/svg+xml,${encodeURIComponent(iconOf(isKept))}`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta http-equiv="Content-Security-Policy" content="${policyFor(script)}" />
        <title>${isKept ? 'Kept' : 'Broken'}: rehearsal of ${names}</title>
        <link rel="icon" href="${icon}" />
        ${new Markup(`<style>${style}</style>`)}
      </head>
      <body>
        <header class="top">
          <p class="quiet">Understudy rehearsal</p>
          <h1>${names}</h1>
          <p class="lead ${isKept ? 'kept' : 'broken'}">${leadText(report)}</p>
          <p class="quiet">Exit code ${isKept ? 0 : 1}. ${topologyText(rehearsals)}</p>
          ${rehearsals.length > 1 && index(rehearsals, ids)}
        </header>
        <main>${rehearsals.map((rehearsal, at) => rehearsalArticle(rehearsal, ids[at] ?? ''))}</main>
        <footer class="quiet"><p>Made by ${madeBy}. The same as data: report.json.</p></footer>
        ${new Markup(`<script>${script}</script>`)}
      </body>
    </html> `.text;
}

/** In the words of the exit code. */
function leadText({ isKept, rehearsals }: Report): string {
  if (isKept)
    return rehearsals.length === 1
      ? 'Every promise was kept.'
      : `Every promise was kept in ${countText(rehearsals.length, 'rehearsal')}.`;
  const broken = rehearsals.filter((each) => !each.isKept).length;
  if (rehearsals.length === 1) return 'A promise was broken.';
  return `A promise was broken in ${broken} of ${countText(rehearsals.length, 'rehearsal')}.`;
}

function topologyText(rehearsals: readonly ReportedRehearsal[]): string {
  const [first] = rehearsals;
  if (first === undefined) return 'Nothing was rehearsed.';
  const { topology, began } = first;
  const regions = [...new Set(topology.members.flatMap(({ region }) => region ?? []))];
  const where = regions.length > 0 ? ` in ${regions.join(' and ')}` : '';
  const what = `${ENGINES[topology.engine].title} ${topology.version ?? ''}`.trim();
  return `${what}, ${countText(topology.members.length, 'member')}${where}, primary ${topology.primary}; ${began.slice(0, 16).replace('T', ' ')} UTC`;
}

function index(rehearsals: readonly ReportedRehearsal[], ids: readonly string[]): Markup {
  return html`<nav aria-label="Rehearsals">
    <ol class="index">
      ${rehearsals.map(
        (rehearsal, at) =>
          html`<li class="${rehearsal.isKept ? 'kept' : 'broken'}">
            <a href="#${ids[at]}">${scenarioTitle(rehearsal.scenario)}</a>
            <span>${indexText(rehearsal)}</span>
          </li>`,
      )}
    </ol>
  </nav>`;
}

function indexText(rehearsal: ReportedRehearsal): Insert {
  const { lost, outage, promises } = rehearsal;
  const outcome = lastRun(rehearsal)?.result?.outcome ?? 'no answer';
  const loss = lost.length === 0 ? 'nothing lost' : `${numberText(lost.length)} lost`;
  return `${verdictText(promises)}. ${outcome}, ${loss}, ${spanText(outage)} without writes`;
}

/** Nothing is loaded from anywhere; of scripts, this one runs and no other. */
function policyFor(script: string): string {
  const hash = createHash('sha256').update(script).digest('base64');
  return `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`;
}

const iconOf = (isKept: boolean): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" fill="${isKept ? '#1a7f4b' : '#c0362c'}"/></svg>`;
