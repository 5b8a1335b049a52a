import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeReport } from '../../../lib/rehearsal/report/write-report';
import { reportSchema } from '../../../lib/rehearsal/report/report-schema';
import { REHEARSAL } from './_helpers/rehearsed';

const folder = mkdtempSync(join(tmpdir(), 'understudy-report-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('report.json and report.html are written over each other, into a folder that is made', async () => {
  const place = join(folder, 'made');
  await writeReport([], place);
  const { json, html } = await writeReport([REHEARSAL, REHEARSAL], place);
  expect([json, html]).toEqual([join(place, 'report.json'), join(place, 'report.html')]);

  const report = reportSchema.parse(JSON.parse(readFileSync(json, 'utf8')));
  expect([report.rehearsals.length, report.madeBy]).toEqual([2, expect.stringMatching(/^db-understudy \d/)]);

  const page = readFileSync(html, 'utf8');
  expect(page.length).toBeLessThan(300_000);
  // The library that draws, with its licence.
  expect(page).toContain('Copyright (c) 2022 Leon Sorokin');
  expect(page).toContain('.u-over');
  expect(page).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
});
