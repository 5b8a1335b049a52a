import { PHASES, type Phase } from '../../runbook/contract';

/** Something that a run comes to. `run`: of which; undefined: of the first that does. */
export type Moment =
  | { readonly kind: 'phase' | 'call'; readonly phase: Phase; readonly run: number | undefined }
  | { readonly kind: 'row'; readonly row: number; readonly run: number | undefined }
  | { readonly kind: 'end'; readonly run: number };

export const MOMENT_WORDS =
  'phase PHASE, call in PHASE, row NUMBER (each also with: of run NUMBER), or end of run NUMBER';

export const MOMENT = new RegExp(
  `^((phase|call in) (${PHASES.join('|')})|row [1-9]\\d*)( of run [1-9])?$|^end of run [1-9]$`,
);

/** @param text that matches {@link MOMENT} */
export function momentOf(text: string): Moment {
  const words = text.split(' ');
  const run = words.at(-2) === 'run' ? Number(words.at(-1)) : undefined;
  if (words[0] === 'end') return { kind: 'end', run: run ?? 1 };
  if (words[0] === 'row') return { kind: 'row', row: Number(words[1]), run };
  const [kind, name] = words[0] === 'call' ? (['call', words[2]] as const) : (['phase', words[1]] as const);
  return { kind, phase: PHASES.find((phase) => phase === name) ?? 'start', run };
}
