/** What every operator's command is given and gives back. */
import type { Config } from '../config.ts';

export interface CliIo {
  /** Throws ConfigError. */
  readonly readConfig: () => Config;
  readonly clock: { now(): number };
  readonly print: (line: string) => void;
  /** For what went wrong. */
  readonly complain: (line: string) => void;
  /** Where `.env` stands, or is written. */
  readonly envFile: string;
  /** How wide the terminal is that is printed to; undefined where it is none. */
  readonly columns: number | undefined;
  /** Whether somebody sits at a terminal who can be asked. */
  readonly canAsk: boolean;
  /**
   * One line of the person at the terminal, which is not shown where it is secret; empty when there is no terminal. Rejects with
   * `Interrupted` at Ctrl-C or Ctrl-D.
   */
  readonly ask: (question: string, how: { readonly secret: boolean }) => Promise<string>;
  /** Resolves after so long. */
  readonly wait: (ms: number) => Promise<void>;
  /** The newest published version of a package; undefined where the registry cannot be asked. Never rejects. */
  readonly newestVersion: (name: string) => Promise<string | undefined>;
  /** Runs the bot with these variables set until it ends; the exit code. */
  readonly startBot: (settings: Readonly<Record<string, string>>) => Promise<number>;
}

export interface CliCommand {
  readonly name: string;
  /** As it is typed after the program's name. */
  readonly usage: string;
  /** One line for the help. */
  readonly does: string;
  /** Returns the exit code; throws CliProblem, ConfigError or the errors of `parseArgs`. */
  readonly run: (io: CliIo, args: readonly string[]) => Promise<number>;
}

/** Whoever sat at the terminal has had enough. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** What keeps a command from its work, in words for the operator. */
export class CliProblem extends Error {
  override readonly name = 'CliProblem';
}
