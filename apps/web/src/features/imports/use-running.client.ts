"use client";
import { useSyncExternalStore } from "react";
import { type Running, readRunning, subscribe } from "./running-import.ts";

const nothing = (): null => null;

/** The import of this tab, if it belongs to the workspace that is shown. */
export function useRunning(workspaceId: string): Running | null {
  const running = useSyncExternalStore(subscribe, readRunning, nothing);
  return running?.workspaceId === workspaceId ? running : null;
}
