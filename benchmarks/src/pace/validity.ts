/** A simulator that is later than this measures itself and not Herald. */
const longestLagMs = 10;
const shortestSeconds = 30;
const leastDueRows = 100_000;

export type Conditions = {
  readonly simLoopLagMaxMs: number;
  /** Before the measured part; the limiter's figures cover both. */
  readonly warmUpLagMaxMs: number;
  readonly seconds: number;
  readonly dueRowsAtEnd: number;
  readonly isProfiled: boolean;
};

/** Why a run's figures do not count, in words; empty: they do. */
export function whyInvalid({ simLoopLagMaxMs, warmUpLagMaxMs, seconds, dueRowsAtEnd, isProfiled }: Conditions): readonly string[] {
  return [
    ...(isPunctual({ simLoopLagMaxMs, warmUpLagMaxMs })
      ? []
      : [`the simulator's event loop was up to ${Math.max(simLoopLagMaxMs, warmUpLagMaxMs)} ms late`]),
    ...(seconds >= shortestSeconds ? [] : [`it lasted less than ${shortestSeconds} s`]),
    ...(dueRowsAtEnd >= leastDueRows ? [] : [`${dueRowsAtEnd} due rows were left, not ${leastDueRows}`]),
    ...(isProfiled ? ["the workers were profiled"] : []),
  ];
}

/** The one reason that another run may not have. */
export const isPunctual = ({ simLoopLagMaxMs, warmUpLagMaxMs }: Pick<Conditions, "simLoopLagMaxMs" | "warmUpLagMaxMs">): boolean =>
  Math.max(simLoopLagMaxMs, warmUpLagMaxMs) <= longestLagMs;
