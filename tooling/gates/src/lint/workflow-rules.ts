import type { OxlintConfig } from "oxlint";

/**
 * What replay forbids, and what Temporal recommends where the recommendation is ours too (eslint-plugin-temporal).
 * Left out: rules that ask for comments as ritual or guess at idempotency from names; literal message names (ours are constants of
 * temporal/contract); its floating promises (typescript/no-floating-promises knows the types, it does not).
 */
const NAMES = [
  "workflow-activity-timeout-duration-format",
  "workflow-duration-format",
  "workflow-no-any-in-workflow-public-api",
  "workflow-no-async-query-handler",
  "workflow-no-bigint-in-payload",
  "workflow-no-busy-wait",
  "workflow-no-client-import",
  "workflow-no-console",
  "workflow-no-continue-as-new-in-update-handler",
  "workflow-no-crypto-random",
  "workflow-no-crypto-random-uuid",
  "workflow-no-date-now-tight-loop",
  "workflow-no-date-object-in-payload",
  "workflow-no-duplicate-patch-ids",
  "workflow-no-dynamic-import",
  "workflow-no-dynamic-require",
  "workflow-no-error-as-payload",
  "workflow-no-finalization-registry",
  "workflow-no-fs-in-workflow",
  "workflow-no-logger-library-in-workflow",
  "workflow-no-network-in-workflow",
  "workflow-no-node-or-dom-imports",
  "workflow-no-nondeterministic-control-flow",
  "workflow-no-process-env",
  "workflow-no-query-mutation",
  "workflow-no-setinterval",
  "workflow-no-settimeout-in-cancellation-scope",
  "workflow-no-shared-array-buffer",
  "workflow-no-top-level-workflow-side-effects",
  "workflow-no-unsafe-global-mutation",
  "workflow-no-uuid-library-in-workflow",
  "workflow-no-wall-clock-assumptions",
  "workflow-no-weakref",
  "workflow-no-worker-import",
  "workflow-no-workflow-apis-in-query",
  "workflow-patch-id-literal",
  "workflow-prefer-condition-over-polling",
  "workflow-prefer-sleep",
  "workflow-require-activity-retry-policy",
  "workflow-require-activity-timeouts",
  "workflow-require-message-definitions-at-module-scope",
  "workflow-require-type-only-activity-imports",
  "workflow-signal-handler-returns-void",
  "no-temporal-internal-imports",
  "no-workflow-and-activity-in-same-file",
] as const;

export const WORKFLOW_RULES: NonNullable<OxlintConfig["rules"]> = Object.fromEntries(NAMES.map((name) => [`temporal/${name}`, "error"]));
