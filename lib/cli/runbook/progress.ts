import type { RunbookEvent, RunbookResult } from '../../runbook/contract';
import type { Io } from '../io';
import { LiveLines } from '../live-lines';
import { paintFor } from '../paint';
import { span } from './span';
import { taskList, TITLES } from './task-list';

/** What a person sees while a question is answered. On stderr: stdout is for the answer. */
export interface Progress {
  /** A run, as status tells of it. */
  see(result: RunbookResult): void;
  /** Something to be read that stays. */
  note(text: string): void;
  /** Takes away what is not to stay. */
  end(): void;
}

/** Redrawn in place on a terminal; else one line for every change. */
export function progressOf(event: RunbookEvent, host: string, io: Io): Progress {
  return io.stderr.isTTY ? liveProgress(event, host, io) : lineProgress(io);
}

function liveProgress(event: RunbookEvent, host: string, io: Io): Progress {
  const paint = paintFor(io.stderr, io.env);
  const began = io.now();
  let phaseBegan = began;
  let result: RunbookResult | undefined;
  const live = new LiveLines(io, (width) => {
    const now = io.now();
    return taskList({ event, host, result, elapsed: now - began, inPhase: now - phaseBegan }, width, paint);
  });
  return {
    see(next) {
      if (next.phase !== result?.phase) phaseBegan = io.now();
      result = next;
      live.draw();
    },
    note: (text) => live.note(text),
    end: () => live.end(),
  };
}

function lineProgress(io: Io): Progress {
  const began = io.now();
  const told = new Set<string>();
  const tell = (text: string): void => {
    if (told.has(text)) return;
    told.add(text);
    io.stderr.write(`+${span(io.now() - began)} ${text}\n`);
  };
  return {
    see({ outcome, phase: doing, timings, waitingFor }) {
      for (const { phase, seconds } of timings) {
        if (phase !== 'start') tell(`${phase}: done in ${span(seconds)}`);
      }
      if (outcome !== 'IN_PROGRESS') return;
      if (doing !== 'start') tell(`${doing}: ${TITLES[doing]}`);
      if (waitingFor !== undefined) tell(`${doing}: waiting for ${waitingFor}`);
    },
    note: (text) => io.stderr.write(`${text}\n`),
    end: () => undefined,
  };
}
