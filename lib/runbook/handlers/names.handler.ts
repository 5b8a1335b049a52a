import { makeNames } from '../adapters/aws';
import { makingNames } from './making-names';

/** A custom resource of CloudFormation. */
export const handler = makingNames((names) => makeNames(names, { region: process.env['AWS_REGION'] ?? '' }));
