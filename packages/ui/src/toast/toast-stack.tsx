"use client";
import { useEffect } from "react";
import { Toaster as Sonner, toast as sonner } from "sonner";
import { staysMsOf, ToastCard, type ToastPlace } from "./toast-card.tsx";
import { forget, useTold } from "./told.ts";

/** Messages in a pile that can be unfolded and swept away. `label` names the region, alt+T moves the focus into it. */
export function ToastStack({ label, closeLabel }: ToastPlace) {
  const told = useTold();
  // a child's effects run before its parent's: the pile listens already
  useEffect(() => {
    for (const { key, message } of told) {
      sonner.custom(() => <ToastCard {...message} closeLabel={closeLabel} close={() => sonner.dismiss(key)} />, {
        id: key,
        duration: staysMsOf(message),
      });
    }
    forget(told);
  }, [told, closeLabel]);
  return (
    <Sonner
      position="bottom-right"
      containerAriaLabel={label}
      offset={16}
      mobileOffset={12}
      gap={8}
      style={{ zIndex: "var(--layer-toast)" }}
    />
  );
}
