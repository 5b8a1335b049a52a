import { z } from 'zod';
import { ApiRefusal } from '../../api-refusal';
import type { Clock } from '../../clock';
import { jsonAction, type JsonAction } from '../../wire/json-action';
import type { Tables } from '../tables';
import {
  carryOut,
  checkInput,
  deleteInput,
  planCheck,
  planDelete,
  planPut,
  planUpdate,
  putInput,
  updateInput,
  type Write,
} from '../write';

const element = z.strictObject({
  Put: putInput.optional(),
  Update: updateInput.required({ UpdateExpression: true }).optional(),
  Delete: deleteInput.optional(),
  ConditionCheck: checkInput.optional(),
});
const input = z.strictObject({
  TransactItems: z.array(element).min(1).max(100),
  ClientRequestToken: z.string().min(1).max(36).optional(),
});

/** For so long a second call with the same token is the first one again. */
const TOKEN_MILLISECONDS = 600_000;

/** All of the writes or none. */
export function transactWriteItems(tables: Tables, clock: Clock): JsonAction {
  const tokens = new Map<string, { readonly asked: string; readonly at: number }>();
  return jsonAction({
    mutating: true,
    input,
    perform({ region, input: { TransactItems, ClientRequestToken: token } }) {
      const asked = JSON.stringify(TransactItems);
      const earlier = token === undefined ? undefined : tokens.get(`${region}/${token}`);
      if (earlier && clock.now() < earlier.at + TOKEN_MILLISECONDS) {
        if (earlier.asked === asked) return {};
        throw new ApiRefusal(
          'IdempotentParameterMismatchException',
          'DynamoDB rejected the request because you retried a request with a different payload but with an idempotent token that was already used.',
        );
      }
      const writes = TransactItems.map((item) => plan(tables, region, item));
      refuseTwice(writes);
      refuseIfAnyFails(writes);
      writes.forEach(carryOut);
      if (token !== undefined) tokens.set(`${region}/${token}`, { asked, at: clock.now() });
      return {};
    },
  });
}

function plan(tables: Tables, region: string, { Put, Update, Delete, ConditionCheck }: Element): Write {
  const given = [
    Put && planPut(tables, region, Put),
    Update && planUpdate(tables, region, Update),
    Delete && planDelete(tables, region, Delete),
    ConditionCheck && planCheck(tables, region, ConditionCheck),
  ].filter((write) => write !== undefined);
  const [write, second] = given;
  if (write && !second) return write;
  throw new ApiRefusal('ValidationException', 'TransactItems can only contain one of Check, Put, Update or Delete');
}

type Element = z.output<typeof element>;

function refuseTwice(writes: readonly Write[]): void {
  const items = writes.map(({ table, key }) => JSON.stringify([table.name, table.keyNames.map((name) => key[name])]));
  if (new Set(items).size === items.length) return;
  const message = 'Transaction request cannot include multiple operations on one item';
  throw new ApiRefusal('ValidationException', message);
}

/** Each write is tried on its own item, and none is carried out unless all could be. */
function refuseIfAnyFails(writes: readonly Write[]): void {
  const reasons = writes.map(({ table, key, condition, shows, apply }) => {
    const before = table.read(key, true);
    if (condition(before)) {
      apply?.(before);
      return { Code: 'None' };
    }
    const item = shows && before ? { Item: before } : {};
    return { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed', ...item };
  });
  const codes = reasons.map(({ Code }) => Code);
  if (codes.every((code) => code === 'None')) return;
  throw new ApiRefusal(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes.join(', ')}]`,
    400,
    { CancellationReasons: reasons },
  );
}
