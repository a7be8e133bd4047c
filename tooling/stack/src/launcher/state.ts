import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { ensureFolder, statePaths } from "../processes/paths.ts";
import { isPortFree, pickPort } from "./ports.ts";

interface Stored {
  ports: Record<string, number>;
  secrets: Record<string, string>;
  facts: Record<string, string>;
}

/** What is decided once per state folder and kept: ports, passwords and keys, and facts such as how Postgres must be run. */
export interface StackState {
  /** The port kept under this name, or a new one. A kept port that a stranger took meanwhile is given up, with a notice. */
  port(name: string, onTaken: (port: number) => void): Promise<number>;
  /** The secret kept under this name, or a new one. Default: 32 hex characters. */
  secret(name: string, create?: () => string): string;
  fact(name: string): string | undefined;
  setFact(name: string, value: string): void;
}

export function openState(stateDir: string): StackState {
  ensureFolder(stateDir);
  const file = statePaths.state(stateDir);
  const stored: Stored = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Stored) : { ports: {}, secrets: {}, facts: {} };
  const save = () => {
    writeFileSync(`${file}.new`, `${JSON.stringify(stored, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  return {
    async port(name, onTaken) {
      const kept = stored.ports[name];
      if (kept !== undefined && (await isPortFree(kept))) return kept;
      if (kept !== undefined) onTaken(kept);
      const port = await pickPort(new Set(Object.values(stored.ports)));
      stored.ports[name] = port;
      save();
      return port;
    },
    secret(name, create = () => randomBytes(16).toString("hex")) {
      const kept = stored.secrets[name];
      if (kept !== undefined) return kept;
      const secret = create();
      stored.secrets[name] = secret;
      save();
      return secret;
    },
    fact: (name) => stored.facts[name],
    setFact(name, value) {
      stored.facts[name] = value;
      save();
    },
  };
}
