import { parseEvent, type Mode, type RunbookEvent } from '../../runbook/contract';
import { isUnderstudyError, parseDuration } from '../../topology';
import type { Invocation } from '../command';
import { UsageError } from '../usage-error';
import { optionFor } from './in-options';

const FIELDS = ['target', 'reason', 'expectedPrimary', 'approve', 'override', 'runId'] as const;

/** What the options of a command ask the runbook. @throws UsageError that names options, where something is wrong with them */
export function eventOf(mode: Mode, options: Invocation['options']): RunbookEvent {
  const event = {
    mode,
    ...Object.fromEntries(FIELDS.filter((field) => options[field] !== undefined).map((f) => [f, options[f]])),
    ...lossIn(options['acceptDataLoss']),
    ...riskIn(options['acceptSplitBrainRisk']),
  };
  try {
    return parseEvent(event);
  } catch (error) {
    if (!isUnderstudyError(error) || error.code !== 'event-refused') throw error;
    throw usageErrorFrom(error.message);
  }
}

function lossIn(text: Invocation['options'][string]): Pick<RunbookEvent, 'acceptDataLoss'> {
  if (typeof text !== 'string') return {};
  if (/^\d+(\.\d+)?s?$/.test(text)) return { acceptDataLoss: Number.parseFloat(text) };
  if (/^(\d+[smhd])+$/.test(text)) return { acceptDataLoss: parseDuration(text) };
  throw new UsageError(
    `--accept-data-loss is ${text}`,
    'allowed: seconds, or a time such as 1m30s',
    'write how much may be lost at most',
  );
}

/** The name ends at the first colon. */
function riskIn(text: Invocation['options'][string]): Pick<RunbookEvent, 'acceptSplitBrainRisk'> {
  if (typeof text !== 'string') return {};
  const [, by = '', reason = ''] = /^([^:]*):([^]*)$/.exec(text) ?? [];
  if (by.trim() !== '' && reason.trim() !== '')
    return { acceptSplitBrainRisk: { by: by.trim(), reason: reason.trim() } };
  throw new UsageError(
    `--accept-split-brain-risk is ${text === '' ? 'empty' : text}`,
    'allowed: "NAME: REASON"',
    'say who takes the risk, and why',
  );
}

const LINE = /^ {2}(\S+) ([^]*)\. Allowed[^:]*: ([^]*)\. Fix: ([^]*)\.$/;

/** The contract speaks of fields; who typed options hears of options. */
function usageErrorFrom(message: string): UsageError {
  const [, ...lines] = message.split('\n');
  const [first = ''] = lines;
  const [, field = 'an option', problem = first.trim(), allowed = 'what --help says', fix = 'correct it'] =
    LINE.exec(first) ?? [];
  const more =
    lines.length > 1 ? `; ${lines.length - 1} more ${lines.length === 2 ? 'error' : 'errors'} after that` : '';
  return new UsageError(`${optionFor(field)} ${problem}`, `allowed: ${named(allowed)}`, `${named(fix)}${more}`);
}

/** Fields by the names of their options. */
function named(text: string): string {
  return text.replaceAll(/\b(target|reason|approve|override|expectedPrimary|accept[A-Z]\w+|runId)\b/g, (field) =>
    optionFor(field),
  );
}
