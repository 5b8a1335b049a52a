/**
 * The main job on one topology: check it, draw it, synthesise it, rehearse what it is for, and say what came out.
 * `npm start -- FILE` for another than the default.
 */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { processIo, run } from '../lib/cli';
import { isUnderstudyError, parse } from '../lib/topology';
import { rehearseBoth } from './rehearse-both';
import { placesText, rehearsalsText, topologyText } from './start-summary';
import { synthesise } from './synthesise';
import { unplayable } from './unplayable';

const OUT = 'out';

// The SDK says on Node.js 20 that it will stop to support it: whoever starts this can do nothing about it.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

/** @returns the exit code: 1 also when a promise was broken */
async function main(file: string): Promise<number> {
  const io = processIo(process);
  const checked = await run(['check', file], io);
  if (checked !== 0) return checked;
  const topology = parse(await readFile(file, 'utf8'), file);
  process.stdout.write(topologyText(topology));

  const diagram = join(OUT, `${topology.name}.svg`);
  await mkdir(OUT, { recursive: true });
  const drawn = await run(['diagram', file, '-o', diagram], io);
  if (drawn !== 0) return drawn;
  const templates = await synthesise(file, join(OUT, 'cdk.out'));

  const rehearsed = unplayable(topology) ?? (await rehearseBoth(topology, join(OUT, 'rehearsal')));
  if (typeof rehearsed !== 'string') process.stdout.write(rehearsalsText(rehearsed.rehearsals));
  process.stdout.write(placesText({ file, diagram, templates, rehearsed }));
  const isKept = typeof rehearsed === 'string' || rehearsed.rehearsals.every(({ verdict }) => verdict.isKept);
  return isKept ? 0 : 1;
}

main(process.argv[2] ?? 'examples/orders.topology.yaml').then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    // What we say ourselves is a sentence; anything else is a fault, and its stack says where.
    process.stderr.write(`${isUnderstudyError(error) ? error.message : (error as Error).stack}\n`);
    process.exitCode = 70;
  },
);
