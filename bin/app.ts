#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { TopologyStacks } from '../lib/aws';
import { isUnderstudyError, parse, UnderstudyError } from '../lib/topology';

/** As the command has it: 1 for findings, 2 for what cannot be carried out as given, 70 for a fault of this package. */
const EXIT = { findings: 1, usage: 2, internal: 70 } as const;

function synthesise(): void {
  const app = new App();
  const file = (app.node.tryGetContext('topology') as string | undefined) ?? 'examples/orders.topology.yaml';
  const topology = parse(textOf(file), file);
  new TopologyStacks(app, topology.name, { topology, account: process.env['CDK_DEFAULT_ACCOUNT'] });
  app.synth();
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const { code = 'nothing more' } = cause as NodeJS.ErrnoException;
    throw new UnderstudyError(
      'usage',
      `cannot read ${file}: the system says ${code}; allowed is a topology file in YAML or JSON; name one with cdk synth -c topology=<file>`,
      { cause },
    );
  }
}

function exitCodeOf(error: unknown): number {
  if (!isUnderstudyError(error)) return EXIT.internal;
  return error.code === 'usage' ? EXIT.usage : EXIT.findings;
}

try {
  synthesise();
} catch (error) {
  const message = error instanceof Object && 'message' in error ? String(error.message) : String(error);
  process.stderr.write(`understudy: ${message}\n`);
  if (process.env['UNDERSTUDY_DEBUG'] !== undefined) console.error(error);
  process.exitCode = exitCodeOf(error);
}
