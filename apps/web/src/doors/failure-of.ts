import type { Failure } from "./failures.ts";
import type { Services } from "./services.ts";

/** Something was thrown that nobody expected: kept in the log under the request's id, told as a store that is away or as our mistake. */
export function failureOf(services: Services, requestId: string, error: unknown): Failure {
  const isUnavailable = services.isUnavailable(error);
  services.log.error(isUnavailable ? "door.store_unavailable" : "door.defect", { requestId, error });
  return isUnavailable ? { type: "unavailable", service: "database" } : { type: "internal" };
}
