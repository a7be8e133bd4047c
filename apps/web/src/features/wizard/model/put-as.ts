import { err, type Result } from "@herald/kernel";
import { type DoorProblem, isSignedOut } from "../../../acting/call-door.ts";
import type { DraftWorld } from "./draft-store.ts";

export type PutAs = {
  readonly put: DraftWorld["put"];
  /** Somebody may have signed in elsewhere in this browser: asked before the next save. */
  readonly doubt: () => void;
};

/** Saves what one person typed, and never under the name of another who signed in with the same browser meanwhile. */
export function putAs(
  userId: string,
  put: DraftWorld["put"],
  whoIsIn: () => Promise<Result<{ readonly userId: string }, DoorProblem>>,
): PutAs {
  let isSure = true;
  return {
    put: async (body) => {
      if (!isSure) {
        const who = await whoIsIn();
        if (!who.ok) return who;
        if (who.value.userId !== userId) return err({ type: "other_person", status: 403, title: "", detail: "" });
        isSure = true;
      }
      const done = await put(body);
      if (!done.ok && isSignedOut(done.error)) isSure = false;
      return done;
    },
    doubt: () => {
      isSure = false;
    },
  };
}
