import { ApiRefusal } from '../api-refusal';
import type { ApiService, ParsedCall, Performance } from '../api-service';
import type { Action } from './actions/action';
import { ACTIONS } from './actions/actions';
import { formatArn } from './arn';
import type { Fleet } from './fleet';
import { QueryParameters } from './query-parameters';
import { writeXml } from './xml';

const NAMESPACE = 'http://rds.amazonaws.com/doc/2014-10-31/';

/** RDS over the Query protocol: form-encoded calls, XML answers. */
export class RdsService implements ApiService {
  readonly name = 'rds';
  readonly contentType = 'text/xml';
  readonly #fleet: Fleet;

  constructor(fleet: Fleet) {
    this.#fleet = fleet;
  }

  parse(body: string): ParsedCall {
    const { Action: action = '', Version: _version, ...parameters } = Object.fromEntries(new URLSearchParams(body));
    return { action, instance: parameters['DBInstanceIdentifier'], parameters };
  }

  /** What is not known here may be anything. */
  isMutation(action: string): boolean {
    return ACTIONS.get(action)?.mutating ?? true;
  }

  perform({ call, region, requestId, twist }: Performance): string {
    const action = ACTIONS.get(call.action);
    if (!action) throw notPlayed(`the action ${call.action}`);
    refuseUnknown(action, call);
    const parameters = new QueryParameters(call.parameters);
    const result = action.perform({ fleet: this.#fleet, region, parameters, twist });
    return writeXml(`${call.action}Response`, NAMESPACE, {
      [`${call.action}Result`]: result,
      ResponseMetadata: { RequestId: requestId },
    });
  }

  renderRefusal(code: string, message: string, fault: { requestId: string; sender: boolean }): string {
    const Type = fault.sender ? 'Sender' : 'Receiver';
    return writeXml('ErrorResponse', NAMESPACE, {
      Error: { Type, Code: code, Message: message },
      RequestId: fault.requestId,
    });
  }

  resourceOf({ instance }: ParsedCall, region: string): string {
    return formatArn({ region, account: this.#fleet.account, kind: 'db', id: instance ?? '*' });
  }
}

/** A setting that is ignored would make a test pass that the real service fails: it is refused, loudly. */
function refuseUnknown({ accepts }: Action, { action, parameters }: ParsedCall): void {
  const unknown = Object.keys(parameters)
    .map((name) => name.split('.')[0] ?? name)
    .find((name) => !accepts.includes(name));
  if (unknown !== undefined) throw notPlayed(`${unknown} of ${action}`);
}

/** 501, which the SDK does not try again, as it would 500 and 503. */
const notPlayed = (what: string): ApiRefusal =>
  new ApiRefusal('NotImplemented', `The embedded cloud does not play ${what}.`, 501);
