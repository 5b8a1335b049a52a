/** Prints one line of JSON a figure; exits with 1 when one is above its limit. */
import { lineOf, passes } from './figure';
import { handlerFigures } from './handler-bundle';
import { synthesisFigures } from './synthesis';

// aws-cdk-lib's own template validation takes longer than all else together, the same for every program.
process.env['CDK_VALIDATION'] = 'false';

const figures = [...synthesisFigures(), ...handlerFigures()];
for (const figure of figures) process.stdout.write(`${lineOf(figure)}\n`);
process.exitCode = figures.every(passes) ? 0 : 1;
