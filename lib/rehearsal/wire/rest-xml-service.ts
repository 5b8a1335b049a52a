import { ApiRefusal, notPlayed } from '../api-refusal';
import type { ApiRequest, ApiService, ReadCall, Reply, ServiceProfile } from '../api-service';
import type { JsonAction } from './json-action';
import { readXml, withLists } from './read-xml';
import { writeXml, type XmlElements } from './write-xml';

type Input = Readonly<Record<string, unknown>>;

/** Which requests are calls of an action. What the path names is part of the input. */
export interface Route {
  readonly action: string;
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  readonly play: JsonAction;
}

export interface RestXmlServiceOptions {
  readonly profile: ServiceProfile;
  readonly namespace: string;
  readonly routes: readonly Route[];
  /** Names of the elements that hold lists. */
  readonly lists: ReadonlySet<string>;
  resourceOf(input: Input): string | undefined;
  /** How a denial names a resource. */
  deniedOn(resource: string | undefined): string;
}

/** A service of the rest-xml protocol: what is done is in method and path, the rest in the query and in XML. */
export class RestXmlService implements ApiService {
  readonly profile: ServiceProfile;
  readonly #options: RestXmlServiceOptions;

  constructor(options: RestXmlServiceOptions) {
    this.profile = options.profile;
    this.#options = options;
  }

  read(request: ApiRequest): ReadCall {
    const { pathname, searchParams } = new URL(request.path, 'http://localhost');
    const route = this.#options.routes.find(({ method, path }) => method === request.method && path.test(pathname));
    const body = this.#body(request.body);
    const input = { ...route?.path.exec(pathname)?.groups, ...Object.fromEntries(searchParams), ...body };
    const action = route?.action ?? `${request.method} ${pathname}`;
    const resource = this.#options.resourceOf(input);
    return {
      action,
      mutating: route?.play.mutating ?? request.method !== 'GET',
      resource,
      deniedOn: this.#options.deniedOn(resource),
      parameters: input,
      perform: () => {
        if (!route) throw notPlayed(`the action ${action}`);
        if (!body) throw new ApiRefusal('InvalidInput', 'The request is no XML.');
        const { region, caller } = request;
        const result = route.play.run(action, { region, caller, input }) as XmlElements;
        return this.#reply(200, writeXml(`${action}Response`, this.#options.namespace, result));
      },
    };
  }

  refuse({ code, message, httpStatus }: ApiRefusal, requestId: string): Reply {
    const Type = httpStatus < 500 ? 'Sender' : 'Receiver';
    const error = { Error: { Type, Code: code, Message: message }, RequestId: requestId };
    return this.#reply(httpStatus, writeXml('ErrorResponse', this.#options.namespace, error));
  }

  /** What is inside the root element; undefined if there is none. */
  #body(xml: string): Input | undefined {
    if (xml === '') return {};
    const [root] = Object.values(readXml(xml) ?? {}).flat();
    return root === undefined ? undefined : (withLists(root, this.#options.lists) as Input);
  }

  #reply(status: number, body: string): Reply {
    return { status, headers: { 'content-type': 'text/xml' }, body };
  }
}
