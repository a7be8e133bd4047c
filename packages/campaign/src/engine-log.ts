/** Events in past tense with plain facts; who implements it redacts (law L12). */
export type EngineLog = {
  readonly info: (event: `${string}.${string}`, facts: Readonly<Record<string, unknown>>) => void;
  readonly warn: (event: `${string}.${string}`, facts: Readonly<Record<string, unknown>>) => void;
};
