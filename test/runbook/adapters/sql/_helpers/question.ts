import { define, type EngineName } from '../../../../../lib/topology';
import type { Question } from '../../../../../lib/runbook/execution/ports';
import { sample, withChain } from '../../../../_helpers/sample-topology';

/** A question to ada, the primary; to bab, who follows her; or to cyd, who follows bab. */
export function question(member: 'ada' | 'bab' | 'cyd', port: number, engine: EngineName = 'postgres'): Question {
  const input = member === 'cyd' ? withChain(sample(engine), 2) : sample(engine);
  return { topology: define(input), member, address: { host: '127.0.0.1', port } };
}
