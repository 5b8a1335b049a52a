import type { RunbookResult } from '../../contract';

/** What people are told, wherever they are. */
export interface Notice {
  /** One line, at most 100 characters, ASCII. */
  readonly subject: string;
  readonly text: string;
  readonly result?: RunbookResult;
}

export interface Notifier {
  /** @throws UnderstudyError when nobody could be told. Telling twice is better than not at all. */
  tell(notice: Notice): Promise<void>;
}
