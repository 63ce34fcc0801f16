/** The settings of a start: the environment, then `.env`, then defaults. */
export interface Settings {
  readonly [name: string]: string | undefined;
  /** The data folder, as an absolute path. */
  readonly PLENUM_DATA: string;
}

/** What scripts/tool.mjs gives to the `main` of a command of `tools/`, which returns its exit code; nothing means 0. */
export interface CommandContext {
  readonly args: string[];
  /** The folder in which the command was given: npm runs scripts in the project's folder, and people name files from where they are. */
  readonly calledFrom: string;
  readonly readSettings: () => Settings;
  /** The address of the hub that runs from this data folder; null when none runs. */
  readonly findRunningHub: (dataFolder: string) => string | null;
}
