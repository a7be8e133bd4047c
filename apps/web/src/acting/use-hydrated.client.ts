"use client";
import { useSyncExternalStore } from "react";

const never = (): (() => void) => () => undefined;

/** False in what the server sent, true once the browser runs the page: a form that is sent before that would be sent by the browser itself. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
