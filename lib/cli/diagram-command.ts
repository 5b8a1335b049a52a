import { extname } from 'node:path';
import { checkText, type Topology } from '../topology';
import type { Command, Invocation } from './command';
import { drawingOf, type Drawing } from './diagram/drawing';
import { toDot } from './diagram/to-dot';
import { toMermaid } from './diagram/to-mermaid';
import { toSvg } from './diagram/to-svg';
import { EXIT, type ExitCode } from './exit-code';
import { findingLine } from './finding-line';
import type { Io } from './io';
import { paintFor } from './paint';
import { UsageError } from './usage-error';
import { verdictOn } from './verdict';

type Renderer = (drawing: Drawing) => string | Promise<string>;

/** By the extension of the file that is written. */
const RENDERERS: Readonly<Record<string, Renderer>> = { '.svg': toSvg, '.mmd': toMermaid, '.dot': toDot };

/** Draws a topology. */
export const diagramCommand: Command = {
  name: 'diagram',
  summary: 'draw a topology: Regions, members, who follows whom',
  operand: { flags: '<file>', description: 'one topology file in YAML or JSON' },
  options: [
    {
      flags: '-o, --output <file>',
      description: 'an .svg, .mmd (Mermaid) or .dot (Graphviz) file; without it, Mermaid is printed',
    },
  ],
  examples: [
    'understudy diagram orders.topology.yaml -o orders.svg',
    'understudy diagram orders.topology.yaml > orders.mmd',
  ],
  run: runDiagram,
};

async function runDiagram({ operands: [file = ''], options }: Invocation, io: Io): Promise<ExitCode> {
  const output = typeof options['output'] === 'string' ? options['output'] : undefined;
  const render = rendererFor(output);
  const topology = await readTopology(file, io);
  if (topology === undefined) return EXIT.findings;
  const picture = await render(drawingOf(topology));
  if (output === undefined) {
    io.stdout.write(picture);
    return EXIT.ok;
  }
  await io.writeFile(output, picture, true);
  io.stdout.write(`wrote ${output}\n`);
  return EXIT.ok;
}

function rendererFor(output: string | undefined): Renderer {
  if (output === undefined) return toMermaid;
  const extension = extname(output);
  const renderer = RENDERERS[extension.toLowerCase()];
  if (renderer !== undefined) return renderer;
  throw new UsageError(
    `cannot draw ${output}: ${extension === '' ? 'it has no extension' : `${extension} is no known extension`}`,
    `allowed: ${Object.keys(RENDERERS).join(', ')}`,
    'end the name with one of them',
  );
}

/** A picture of a wrong topology would be a wrong picture: the findings go to stderr instead. */
async function readTopology(file: string, io: Io): Promise<Topology | undefined> {
  const checked = checkText(await io.readFile(file));
  if (checked.topology !== undefined) return checked.topology;
  const paint = paintFor(io.stderr, io.env);
  for (const finding of checked.findings) io.stderr.write(findingLine(finding, file, paint));
  io.stderr.write(`${paint('red', `${file}: ${verdictOn(checked)}; nothing was drawn`)}\n`);
  return undefined;
}
