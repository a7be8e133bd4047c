"use client";
import { useSyncExternalStore } from "react";
import type { ToastMessage } from "./toast-card.tsx";

export type Told = { readonly key: string; readonly message: ToastMessage };

const nothing: readonly Told[] = [];
let told = nothing;
let count = 0;
const listeners = new Set<() => void>();
function change(next: readonly Told[]): void {
  told = next;
  for (const listener of listeners) listener();
}
function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Says that something happened. A failure stays until it is closed; everything else leaves by itself. */
export function showToast(message: ToastMessage): void {
  count += 1;
  change([...told, { key: `toast-${count}`, message }]);
}

/** What was said and is not shown by the stack yet, oldest first. */
export const useTold = (): readonly Told[] =>
  useSyncExternalStore(
    listen,
    () => told,
    () => nothing,
  );

/** Takes away what is shown elsewhere now, or was shown long enough. */
export function forget(gone: readonly Told[]): void {
  if (gone.length > 0) change(told.filter((one) => !gone.includes(one)));
}
