import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Rehearsal } from '../scenarios/rehearsal';
import { reportPage, type PageAssets } from './html/report-page';
import type { Report } from './report-schema';
import { toReport, type ReportMaker } from './to-report';

/** Where a report is, and what is in it. */
export interface WrittenReport {
  readonly json: string;
  readonly html: string;
  readonly report: Report;
}

/**
 * Writes `report.json` and `report.html`, one of each for all rehearsals together, over those that are there.
 *
 * @param folder is made if it is not there
 */
export async function writeReport(
  rehearsals: readonly Rehearsal[],
  folder: string,
  replayOf?: ReportMaker['replayOf'],
): Promise<WrittenReport> {
  const home = dirname(require.resolve('db-understudy/package.json'));
  const { name, version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as Record<string, string>;
  const report = toReport(rehearsals, { madeBy: `${name ?? ''} ${version ?? ''}`, replayOf });
  const page = reportPage(report, await pageAssets(home));
  const written = { json: join(folder, 'report.json'), html: join(folder, 'report.html'), report };
  await mkdir(folder, { recursive: true });
  await writeFile(written.json, `${JSON.stringify(report, undefined, 1)}\n`);
  await writeFile(written.html, page);
  return written;
}

/** They are bundled when the package is built. */
async function pageAssets(home: string): Promise<PageAssets> {
  const folder = join(home, 'dist/lib/rehearsal/report/page/browser');
  const [style, script] = await Promise.all(
    ['page.css', 'page.js'].map((file) => readFile(join(folder, file), 'utf8')),
  );
  return { style: style ?? '', script: script ?? '' };
}
