import type { Random } from '../seeded-random';

/** Milliseconds of the machine that an answer may take. */
export const PATIENCE = 1500;
/** Milliseconds of the machine until a client tries again after a failure. */
export const RETRY = 20;

/** Waits for half as long to half as long again, in milliseconds of the machine: clients do not march in step. */
export const pausing = (milliseconds: number, random: Random): Promise<void> =>
  new Promise((resolve) => void setTimeout(resolve, milliseconds * (0.5 + random())));
