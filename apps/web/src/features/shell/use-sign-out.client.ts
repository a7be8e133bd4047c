"use client";
import { showToast } from "@herald/ui/toast";
import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { doBeforeSignOut } from "../../acting/before-sign-out.ts";
import { callDoor } from "../../acting/call-door.ts";
import { useAct } from "../../acting/use-act.client.ts";

export function useSignOut(): { readonly isBusy: boolean; readonly signOut: () => void } {
  const router = useRouter();
  const { isBusy, act } = useAct();
  const signOut = useCallback(() => {
    void act(async () => {
      const left = await doBeforeSignOut();
      const done = await callDoor<{ readonly signedOut: true }>("/api/auth/sign-out", { method: "POST" });
      if (done.ok) for (const one of left) showToast({ tone: "bad", ...one });
      return done;
    }).then((done) => {
      if (done === null) return;
      router.replace("/sign-in");
      // what was kept of the screens belongs to whoever signed out
      router.refresh();
    });
  }, [act, router]);
  return { isBusy, signOut };
}
