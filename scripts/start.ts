/**
 * The main job on one topology: check it, draw it, synthesise it, rehearse what it is for, and say what came out.
 * `npm start -- FILE` for another than the default.
 */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { processIo, run } from '../lib/cli';
import { isMariadbHere, unplayable, usualEngine } from '../lib/rehearsal';
import { isUnderstudyError, parse, type Topology } from '../lib/topology';
import { placesText, topologyText } from './start-summary';
import { synthesise } from './synthesise';

const OUT = 'out';
const REPORT = join(OUT, 'rehearsal');

/** @returns the exit code of the first command that did not end well: 1 also when a promise was broken */
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

  const missing = cannotRehearse(topology);
  const rehearsed = missing === undefined ? await run(['rehearse', file, '--out', REPORT], io) : 0;
  const report = missing === undefined ? { path: join(REPORT, 'report.html') } : { missing };
  process.stdout.write(placesText({ file, diagram, templates, report }));
  return rehearsed;
}

/** Why there is no rehearsal on this machine. */
function cannotRehearse(topology: Topology): string | undefined {
  const why = unplayable(topology);
  if (why !== undefined) return why.problem;
  const engine = usualEngine(topology);
  return engine === 'mariadb' && !isMariadbHere() ? 'there is no MariaDB on this machine' : undefined;
}

main(process.argv[2] ?? 'examples/orders.topology.yaml').then(
  (code) => {
    process.exitCode = code;
    // As the command does it.
    if (code === 130) process.exit();
  },
  (error: unknown) => {
    // What we say ourselves is a sentence; anything else is a fault, and its stack says where.
    process.stderr.write(`${isUnderstudyError(error) ? error.message : (error as Error).stack}\n`);
    process.exitCode = 70;
  },
);
