import type { Failure } from "./failures.ts";

/** What a door has decided to say, before it becomes a response. */
export type Answer =
  | { readonly kind: "success"; readonly status: number; readonly format: "json" | "text"; readonly body: unknown; readonly facts: Facts }
  | {
      readonly kind: "stream";
      readonly contentType: string;
      /** Null: it is shown or read, not saved. */
      readonly fileName: string | null;
      readonly parts: AsyncIterable<string>;
      readonly facts: Facts;
    }
  | { readonly kind: "failure"; readonly failure: Failure; readonly facts: Facts };
/** For the log: ids of ours, never of a person's. */
export type Facts = Readonly<Record<string, string>>;

export const failed = (failure: Failure, facts: Facts = {}): Extract<Answer, { readonly kind: "failure" }> => ({
  kind: "failure",
  failure,
  facts,
});
