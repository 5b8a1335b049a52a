import { UnderstudyError } from '../../../../topology';
import { isGoogleCallError } from '../google-call-error';
import type { RestClient } from '../rest/rest-client';

/** Which database of Firestore. */
export interface DocumentsOptions {
  readonly rest: RestClient;
  readonly project: string;
  /** Its id. It is in the Region that is recovered in. */
  readonly database: string;
}

/** A document: one value, as JSON, and which of its versions it is. */
export interface Document {
  readonly value: unknown;
  readonly version: string;
}

/** One document to be written. `version` of what is there now; undefined: nothing is, and nothing must be. */
export interface DocumentWrite {
  readonly path: string;
  readonly value: unknown;
  readonly version?: string;
}

interface Wire {
  readonly name?: string;
  readonly fields?: { readonly json?: { readonly stringValue?: string } };
  readonly updateTime?: string;
}

const PAGE = '300';

/** [I] How Firestore says that a precondition did not hold: read, and never tried live. */
const NOT_HELD: ReadonlySet<string> = new Set(['FAILED_PRECONDITION', 'ALREADY_EXISTS', 'NOT_FOUND', 'ABORTED']);

/**
 * Documents of Firestore with one field, the JSON of a value: what is in it is no query's business. All reads are consistent.
 * Several are written in one commit, all or none, each only if it is still the version that was read.
 */
export class Documents {
  readonly #options: DocumentsOptions;

  constructor(options: DocumentsOptions) {
    this.#options = options;
  }

  /** @param path `collection/id/collection/id` */
  async get(path: string): Promise<Document | undefined> {
    const found = await this.#options.rest.find<Wire>({
      ...{ method: 'firestore.documents.get', resource: path, verb: 'GET', path: this.#urlOf(path) },
    });
    return found && documentIn(found, path);
  }

  /** Those of a collection, by id. */
  async list(collection: string): Promise<readonly (Document & { readonly id: string })[]> {
    const all: (Document & { readonly id: string })[] = [];
    let pageToken: string | undefined;
    do {
      const page = await this.#options.rest.call<{ documents?: readonly Wire[]; nextPageToken?: string }>({
        ...{ method: 'firestore.documents.list', resource: collection, verb: 'GET' },
        path: this.#urlOf(collection),
        query: { pageSize: PAGE, pageToken },
      });
      for (const wire of page.documents ?? []) {
        const id = decodeURIComponent(wire.name?.split('/').at(-1) ?? '');
        all.push({ id, ...documentIn(wire, `${collection}/${id}`) });
      }
      pageToken = page.nextPageToken === '' ? undefined : page.nextPageToken;
    } while (pageToken !== undefined);
    return all;
  }

  /**
   * All or none. `false`: one of them is not what it should be, or somebody else wrote at the same time, and nothing was written.
   *
   * @throws GoogleCallError
   */
  async commit(...writes: readonly [DocumentWrite, ...DocumentWrite[]]): Promise<boolean> {
    try {
      await this.#options.rest.call({
        ...{ method: 'firestore.documents.commit', resource: writes[0].path, verb: 'POST' },
        path: `/v1/${this.#root()}:commit`,
        body: {
          writes: writes.map(({ path, value, version }) => ({
            update: { name: this.#nameOf(path), fields: { json: { stringValue: JSON.stringify(value) } } },
            currentDocument: version === undefined ? { exists: false } : { updateTime: version },
          })),
        },
      });
      return true;
    } catch (error) {
      if (isGoogleCallError(error) && NOT_HELD.has(error.reason) && !isMissingDatabase(error.message)) return false;
      throw error;
    }
  }

  #root(): string {
    const { project, database } = this.#options;
    return `projects/${project}/databases/${database}/documents`;
  }

  #nameOf(path: string): string {
    return `${this.#root()}/${path}`;
  }

  /** Ids may have anything in them that {@link idOf} has made: it is to arrive as it is. */
  #urlOf(path: string): string {
    return `/v1/${this.#root()}/${path.split('/').map(encodeURIComponent).join('/')}`;
  }
}

/** Any text as the id of a document or a collection: what separates them must not be in it. */
export const idOf = (text: string): string => encodeURIComponent(text);

/** A database that is not there answers NOT_FOUND as well, and would be asked for ever. [I] Its words were never seen live. */
const isMissingDatabase = (message: string): boolean => /database .*does not exist/i.test(message);

function documentIn({ fields, updateTime = '' }: Wire, path: string): Document {
  try {
    return { value: JSON.parse(fields?.json?.stringValue ?? ''), version: updateTime };
  } catch {
    throw new UnderstudyError(
      'document-damaged',
      `the document ${path} cannot be read; allowed: what the runbook has written; look there, and at the databases, before anything else is done`,
      { family: 'unknown' },
    );
  }
}
