import { isApiRefusal, type ApiRefusal } from './api-refusal';
import type { ApiRequest, ApiService, ReadCall, Reply } from './api-service';
import type { Mishap } from './fault';

/** What goes over the wire, or does not. */
export type Answer =
  | (Reply & { readonly kind: 'reply'; readonly requestId: string; readonly afterSeconds: number })
  | { readonly kind: 'silence'; readonly seconds: number | undefined }
  | { readonly kind: 'reset' };

/** A call on its way. */
export interface Attempt {
  readonly request: ApiRequest;
  readonly service: ApiService;
  readonly call: ReadCall;
  readonly requestId: string;
}

/** What came of a call: what is said of it, and what the log keeps. */
export interface Outcome {
  readonly answer: Answer;
  readonly effect: boolean;
  readonly outcome: string;
}

export const unanswered = (answer: Answer, effect: boolean): Outcome => ({
  answer,
  effect,
  outcome: answer.kind === 'reset' ? 'reset' : 'no-answer',
});

export function interruption(mishap: Extract<Mishap, { effect: 'before' | 'after' }>): Answer {
  return mishap.kind === 'reset' ? { kind: 'reset' } : { kind: 'silence', seconds: mishap.seconds };
}

export function refused({ service, requestId }: Attempt, refusal: ApiRefusal): Outcome {
  const answer: Answer = { kind: 'reply', ...service.refuse(refusal, requestId), requestId, afterSeconds: 0 };
  return { answer, effect: false, outcome: refusal.code };
}

export function perform(attempt: Attempt, mishap: Mishap | undefined): Outcome {
  const { call, requestId } = attempt;
  const twist = mishap?.kind === 'stuck' || mishap?.kind === 'fails' ? mishap : undefined;
  const afterSeconds = mishap?.kind === 'slow' ? mishap.seconds : 0;
  try {
    const reply = call.perform({ requestId, twist });
    return { answer: { kind: 'reply', ...reply, requestId, afterSeconds }, effect: true, outcome: 'ok' };
  } catch (error) {
    if (isApiRefusal(error)) return refused(attempt, error);
    throw error;
  }
}

/** In plain text: which protocol such a service speaks is not known here. */
export function unknownService(name: string, requestId: string): Answer {
  const body = `The embedded cloud has no service ${name}.`;
  return { kind: 'reply', status: 501, headers: { 'content-type': 'text/plain' }, requestId, body, afterSeconds: 0 };
}
