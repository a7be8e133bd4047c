import { err, ok, type Result } from "@herald/kernel";
import { Client, Connection } from "@temporalio/client";
import type { DataConverter } from "@temporalio/common";
import type { DispatchTuning } from "../contract/index.ts";
import { type TemporalNotConfigured, type TemporalUnreachable, temporalNotConfigured } from "./answers.ts";
import { type CampaignRef, startDispatch, wakeDispatch } from "./launch.ts";
import { withinDeadline } from "./within-deadline.ts";

export type TemporalConfig = {
  /** `host:port`. */
  readonly address: string;
  readonly namespace: string;
  readonly dataConverter: DataConverter;
  /** For a namespace of Temporal Cloud. */
  readonly apiKey?: string | undefined;
  /** How long one call may take. Default 1,500 ms: a person may be waiting for it. */
  readonly deadlineMs?: number;
  /** Given to every workflow started from here. */
  readonly tuning?: Partial<DispatchTuning> | undefined;
};

/** What the product asks of Temporal. Each call ends within the deadline; nothing here throws for a server that is away. */
export type Temporal = {
  /** Idempotent by workflow id: a campaign that runs, or has run to its end, is not started again. */
  readonly start: (order: CampaignRef) => Promise<Result<void, TemporalUnreachable>>;
  /** Tells a waiting workflow that a control was committed. Idempotent by `controlSeq`; a workflow that is not open needs no telling. */
  readonly wake: (order: CampaignRef & { readonly controlSeq: number }) => Promise<Result<void, TemporalUnreachable>>;
  readonly ping: () => Promise<Result<void, TemporalUnreachable>>;
  readonly close: () => Promise<void>;
};

/** Opens nothing yet: the first call connects, and so does each one after a failure. Null stands for "no address is set". */
export function openTemporal(config: TemporalConfig | null): Result<Temporal, TemporalNotConfigured> {
  if (config === null) return err(temporalNotConfigured);
  const connection = Connection.lazy({
    address: config.address,
    ...(config.apiKey === undefined ? {} : { apiKey: config.apiKey, tls: true }),
  });
  const client = new Client({ connection, namespace: config.namespace, dataConverter: config.dataConverter });
  const bounded = withinDeadline(connection, config.deadlineMs ?? 1500);
  return ok({
    start: (order) => bounded(() => startDispatch(client, order, config.tuning)),
    wake: (order) => bounded(() => wakeDispatch(client, order)),
    ping: () => bounded(async () => void (await connection.workflowService.getSystemInfo({}))),
    close: () => connection.close(),
  });
}
