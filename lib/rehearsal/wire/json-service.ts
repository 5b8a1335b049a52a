import { ApiRefusal, notPlayed } from '../api-refusal';
import type { ApiRequest, ApiService, ReadCall, Reply, ServiceProfile } from '../api-service';
import type { JsonAction } from './json-action';

type Json = Readonly<Record<string, unknown>>;

export interface JsonServiceOptions {
  readonly profile: ServiceProfile;
  /** Of awsJson. */
  readonly version: '1.0' | '1.1';
  /** What stands before the code of an error. @default '' */
  readonly errorPrefix?: string;
  /** True if the service spoke the Query protocol once: errors are told under their old names too. @default false */
  readonly spokeQuery?: boolean;
  readonly actions: ReadonlyMap<string, JsonAction>;
  resourceOf(input: Json): string | undefined;
  /** How a denial names a resource; undefined if it does not. */
  deniedOn(resource: string | undefined, region: string): string | undefined;
}

/** A service of the awsJson protocols: the action in a header, JSON in both directions. */
export class JsonService implements ApiService {
  readonly profile: ServiceProfile;
  readonly #options: JsonServiceOptions;

  constructor(options: JsonServiceOptions) {
    this.profile = options.profile;
    this.#options = options;
  }

  read(request: ApiRequest): ReadCall {
    const action = request.headers['x-amz-target']?.split('.').at(-1) ?? '';
    const input = parse(request.body);
    const resource = input && this.#options.resourceOf(input);
    const played = this.#options.actions.get(action);
    return {
      action,
      mutating: played?.mutating ?? true,
      resource,
      deniedOn: this.#options.deniedOn(resource, request.region),
      parameters: input ?? {},
      perform: () => {
        if (!played) throw notPlayed(`the action ${action}`);
        if (!input) throw new ApiRefusal('SerializationException', 'The request is no JSON object.');
        const { region, caller } = request;
        return this.#reply(200, played.run(action, { region, caller, input }));
      },
    };
  }

  refuse({ code, message, httpStatus, details }: ApiRefusal): Reply {
    const { errorPrefix = '', spokeQuery = false } = this.#options;
    const said = message === '' ? {} : { message };
    const reply = this.#reply(httpStatus, { __type: `${errorPrefix}${code}`, ...said, ...details });
    if (!spokeQuery) return reply;
    const oldName = `${code};${httpStatus < 500 ? 'Sender' : 'Receiver'}`;
    return { ...reply, headers: { ...reply.headers, 'x-amzn-query-error': oldName } };
  }

  #reply(status: number, body: Json): Reply {
    const type = `application/x-amz-json-${this.#options.version}`;
    return { status, headers: { 'content-type': type }, body: JSON.stringify(body) };
  }
}

function parse(body: string): Json | undefined {
  try {
    const read: unknown = JSON.parse(body);
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Json) : undefined;
  } catch {
    return undefined;
  }
}
