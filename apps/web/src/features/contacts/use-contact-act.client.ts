"use client";
import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { callDoor, type DoorCall } from "../../acting/call-door.ts";
import { useAct } from "../../acting/use-act.client.ts";

export type ContactTarget = { readonly workspaceId: string; readonly contactId: string };

/** An act at one of a contact's doors; when it is done the page shows what is known now. */
export function useContactAct({ workspaceId, contactId }: ContactTarget) {
  const router = useRouter();
  const { isBusy, act } = useAct();
  const send = useCallback(
    async <Answer>(
      door: "" | "/tags" | "/opt-out" | "/lift-opt-out",
      call: DoorCall,
      onProblem?: Parameters<typeof act>[1],
    ): Promise<Answer | null> => {
      const done = await act(() => callDoor<Answer>(`/api/workspaces/${workspaceId}/contacts/${contactId}${door}`, call), onProblem);
      if (done !== null) router.refresh();
      return done;
    },
    [act, contactId, router, workspaceId],
  );
  return { isBusy, send };
}
