import './_helpers/quiet-synthesis';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { RunbookFunction, type RunbookFunctionProps } from '../../lib/aws/runbook-function';

const outdir = mkdtempSync(join(tmpdir(), 'assets-'));
afterAll(() => rmSync(outdir, { recursive: true }));

/** The files of the function's asset, without source maps. */
function shipped(props: Partial<RunbookFunctionProps>): readonly string[] {
  // Here, what is copied is the point.
  const postCliContext = { 'aws:cdk:disable-asset-staging': false };
  const app = new App({ outdir: mkdtempSync(join(outdir, 'app-')), postCliContext });
  const stack = new Stack(app, 'stack');
  const { node } = new RunbookFunction(stack, 'Function', {
    ...{ handler: 'promote', functionName: 'f', description: 'd', environment: {}, timeout: Duration.minutes(1) },
    ...props,
  });
  const assembly = app.synth();
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { Code: Match.anyValue() });
  const asset = readdirSync(assembly.directory).filter((name) => name.startsWith('asset.'));
  expect([node.id, asset.length]).toStrictEqual(['Function', 1]);
  return readdirSync(join(assembly.directory, asset[0] ?? ''))
    .filter((name) => !name.endsWith('.map'))
    .toSorted();
}

it.each([
  ['postgres', ['certificates.js', 'index.js', 'package.json', 'pg.js']],
  ['mysql', ['certificates.js', 'index.js', 'mysql2.js', 'package.json']],
  ['mariadb', ['certificates.js', 'index.js', 'mysql2.js', 'package.json']],
  ['oracle', ['index.js', 'package.json']],
  [undefined, ['index.js', 'package.json']],
] as const)('ships what a topology of %s needs, and no other driver', (engine, files) => {
  expect(shipped({ engine })).toStrictEqual(files);
});

it('ships Route 53 to those who have records', () => {
  expect(shipped({ engine: 'postgres', hasRecords: true })).toContain('route-53.js');
});
