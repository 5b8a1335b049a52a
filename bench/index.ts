/** Prints one line of JSON a figure; exits with 1 when one is above its limit. */
import { lineOf, passes } from './figure';
import { globalSynthesisFigures } from './global-synthesis';
import { handlerFigures } from './handler-bundle';
import { overheadFigures } from './runbook/overhead';
import { synthesisFigures } from './synthesis';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
// aws-cdk-lib's own template validation takes longer than all else together, the same for every program.
process.env['CDK_VALIDATION'] = 'false';

async function main(): Promise<void> {
  const figures = [
    ...synthesisFigures(),
    ...globalSynthesisFigures(),
    ...handlerFigures(),
    ...(await overheadFigures()),
  ];
  for (const figure of figures) process.stdout.write(`${lineOf(figure)}\n`);
  process.exitCode = figures.every(passes) ? 0 : 1;
}

void main();
