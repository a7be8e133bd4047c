import { fileURLToPath } from "node:url";
import { defaultFailureConverterPath } from "@herald/temporal/codec";
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundle } from "@temporalio/worker";

/** As apps/worker builds it. `entry` names another entry file, for a deliberately changed workflow. */
export function bundleWorkflows(
  entry = fileURLToPath(import.meta.resolve("@herald/workflows")),
): Promise<WorkflowBundle & { code: string }> {
  return bundleWorkflowCode({
    workflowsPath: entry,
    failureConverterPath: defaultFailureConverterPath,
    logger: new DefaultLogger("ERROR"),
  });
}
