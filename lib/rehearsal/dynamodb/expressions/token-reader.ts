import { ApiRefusal, notPlayed } from '../../api-refusal';

const TOKEN = /\s*([A-Za-z_]\w*|#\w+|:\w+|<>|<=|>=|[=<>(),.+\-[\]]|\S)/gy;

/** Reads an expression from left to right, and says in DynamoDB's words where it stops to be one. */
export class TokenReader {
  /** The parameter that the expression is, as messages name it. */
  readonly parameter: string;
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(parameter: string, text: string) {
    this.parameter = parameter;
    this.#tokens = [...text.trimEnd().matchAll(TOKEN)].map(([, token = '']) => token);
    if (this.#tokens.length === 0) throw this.invalid('The expression can not be empty;');
  }

  get done(): boolean {
    return this.#at >= this.#tokens.length;
  }

  peek(ahead = 0): string {
    return this.#tokens[this.#at + ahead] ?? '<EOF>';
  }

  next(): string {
    const token = this.peek();
    this.#at += 1;
    return token;
  }

  /** Takes the next token if it is this one, in whatever case. */
  take(token: string): boolean {
    const taken = this.peek().toUpperCase() === token;
    if (taken) this.#at += 1;
    return taken;
  }

  expect(token: string): void {
    if (!this.take(token)) throw this.syntaxError();
  }

  requireEnd(): void {
    if (!this.done) throw this.syntaxError();
  }

  syntaxError(): ApiRefusal {
    const near = this.#tokens.slice(Math.max(0, this.#at - 1), this.#at + 2).join(' ');
    return this.invalid(`Syntax error; token: "${this.peek()}", near: "${near}"`);
  }

  invalid(what: string): ApiRefusal {
    return new ApiRefusal('ValidationException', `Invalid ${this.parameter}: ${what}`);
  }

  /** What DynamoDB would read and the embedded cloud does not. */
  unknown(what: string): ApiRefusal {
    return notPlayed(`${what} of ${this.parameter}`);
  }
}
