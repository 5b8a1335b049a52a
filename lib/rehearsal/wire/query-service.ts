import { notPlayed, type ApiRefusal } from '../api-refusal';
import type { ApiRequest, ApiService, Circumstances, ReadCall, Reply, ServiceProfile, Twist } from '../api-service';
import { QueryParameters } from './query-parameters';
import { writeXml, type XmlElements } from './write-xml';

export interface QueryCall {
  /** Where the call was sent to: it sees and changes what is there, and nothing else. */
  readonly region: string;
  readonly caller: string;
  readonly parameters: QueryParameters;
  readonly twist: Twist | undefined;
}

export interface QueryAction {
  readonly mutating: boolean;
  /** Names of the parameters that it reads; any other is refused. */
  readonly accepts: readonly string[];
  /**
   * @returns the content of the result, undefined if there is none
   * @throws ApiRefusal, having changed nothing: all checks come before the first change
   */
  perform(call: QueryCall): XmlElements | undefined;
}

export interface QueryServiceOptions {
  readonly profile: ServiceProfile;
  readonly namespace: string;
  readonly actions: ReadonlyMap<string, QueryAction>;
  resourceOf(parameters: Readonly<Record<string, string>>): string | undefined;
  /** How a denial names a resource. */
  deniedOn(resource: string | undefined, region: string): string;
}

/** A service of the Query protocol: form-encoded calls, XML answers. */
export class QueryService implements ApiService {
  readonly profile: ServiceProfile;
  readonly #options: QueryServiceOptions;

  constructor(options: QueryServiceOptions) {
    this.profile = options.profile;
    this.#options = options;
  }

  read(request: ApiRequest): ReadCall {
    const form = Object.fromEntries(new URLSearchParams(request.body));
    const { Action: action = '', Version: _version, ...parameters } = form;
    const resource = this.#options.resourceOf(parameters);
    return {
      action,
      mutating: this.#options.actions.get(action)?.mutating ?? true,
      resource,
      deniedOn: this.#options.deniedOn(resource, request.region),
      parameters,
      perform: (circumstances) => this.#perform(request, { action, parameters, circumstances }),
    };
  }

  refuse({ code, message, httpStatus }: ApiRefusal, requestId: string): Reply {
    const Type = httpStatus < 500 ? 'Sender' : 'Receiver';
    const error = { Error: { Type, Code: code, Message: message }, RequestId: requestId };
    return this.#reply(httpStatus, writeXml('ErrorResponse', this.#options.namespace, error));
  }

  #perform({ region, caller }: ApiRequest, { action, parameters, circumstances }: Asked): Reply {
    const played = this.#options.actions.get(action);
    if (!played) throw notPlayed(`the action ${action}`);
    const unknown = Object.keys(parameters)
      .map((name) => name.split('.')[0] ?? name)
      .find((name) => !played.accepts.includes(name));
    if (unknown !== undefined) throw notPlayed(`${unknown} of ${action}`);

    const { twist, requestId } = circumstances;
    const result = played.perform({ region, caller, parameters: new QueryParameters(parameters), twist });
    const content = { [`${action}Result`]: result, ResponseMetadata: { RequestId: requestId } };
    return this.#reply(200, writeXml(`${action}Response`, this.#options.namespace, content));
  }

  #reply(status: number, body: string): Reply {
    return { status, headers: { 'content-type': 'text/xml' }, body };
  }
}

interface Asked {
  readonly action: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly circumstances: Circumstances;
}
