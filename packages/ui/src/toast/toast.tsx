"use client";
import { type ComponentType, useEffect, useState } from "react";
import classes from "./toast.module.css";
import { staysMsOf, ToastCard, type ToastPlace } from "./toast-card.tsx";
import { forget, type Told, useTold } from "./told.ts";

export { ToastCard } from "./toast-card.tsx";
export { showToast } from "./told.ts";

/** A message that waits longer than this for the stack is told without it. */
const LATE_MS = 1500;

/**
 * Where toasts appear; once per page. No page pays for the stack: the first message fetches it. Where it cannot be
 * fetched, which is when there is most to tell, the same cards stand without it.
 */
export function Toaster({ label, closeLabel }: ToastPlace) {
  const told = useTold();
  const [Stack, setStack] = useState<ComponentType<ToastPlace> | null>(null);
  const [isPlain, setPlain] = useState(false);
  useEffect(() => {
    if (Stack !== null || told.length === 0) return;
    let isGone = false;
    const tellPlainly = (): void => setPlain(true);
    const late = setTimeout(tellPlainly, LATE_MS);
    const fetchStack = async (): Promise<void> => {
      try {
        const { ToastStack } = await import("./toast-stack.tsx");
        if (!isGone) setStack(() => ToastStack);
      } catch {
        if (!isGone) tellPlainly();
      }
    };
    const tryAnew = (): void => void fetchStack();
    tryAnew();
    window.addEventListener("online", tryAnew);
    return () => {
      isGone = true;
      clearTimeout(late);
      window.removeEventListener("online", tryAnew);
    };
  }, [Stack, told]);
  if (Stack !== null) return <Stack label={label} closeLabel={closeLabel} />;
  return (
    <section aria-label={label} aria-live="polite" data-toasts="" className={classes.plain}>
      {isPlain ? told.map((one) => <PlainToast key={one.key} one={one} closeLabel={closeLabel} />) : null}
    </section>
  );
}

function PlainToast({ one, closeLabel }: { readonly one: Told; readonly closeLabel: string }) {
  useEffect(() => {
    const staysMs = staysMsOf(one.message);
    if (!Number.isFinite(staysMs)) return;
    const timer = setTimeout(() => forget([one]), staysMs);
    return () => clearTimeout(timer);
  }, [one]);
  return <ToastCard {...one.message} closeLabel={closeLabel} close={() => forget([one])} />;
}
