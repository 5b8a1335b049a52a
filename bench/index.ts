/** Prints one line of JSON a figure; exits with 1 when one is above its limit. */
import { lineOf, passes, type Figure } from './figure';
import { globalSynthesisFigures } from './global-synthesis';
import { handlerFigures } from './handler-bundle';
import { overheadFigures } from './runbook/overhead';
import { synthesisFigures } from './synthesis';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
// aws-cdk-lib's own template validation takes longer than all else together, the same for every program.
process.env['CDK_VALIDATION'] = 'false';

/** How often figures of time are measured, when one is above its limit: a shared processor changes its speed while they are. */
const TRIES = 3;

function measured(figures: () => readonly Figure[]): readonly Figure[] {
  let last = figures();
  for (let tries = 1; tries < TRIES && !last.every(passes); tries += 1) {
    for (const figure of last) if (!passes(figure)) process.stderr.write(`measured again: ${lineOf(figure)}\n`);
    last = figures();
  }
  return last;
}

async function main(): Promise<void> {
  const figures = [
    ...measured(synthesisFigures),
    ...measured(globalSynthesisFigures),
    ...handlerFigures(),
    ...(await overheadFigures()),
  ];
  for (const figure of figures) process.stdout.write(`${lineOf(figure)}\n`);
  process.exitCode = figures.every(passes) ? 0 : 1;
}

void main();
