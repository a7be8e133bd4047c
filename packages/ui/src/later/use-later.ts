"use client";
import { type Attributes, type ComponentType, createElement, type ReactNode, useEffect, useState } from "react";

/**
 * Shows a part that the page fetches when it is needed first; null until it is there. `load` must be stable. What cannot be fetched breaks nothing:
 * `giveUp` is told, and it is asked for again when it is needed again.
 */
export function useLater<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  isNeeded: boolean,
  giveUp: () => void,
): ((props: Props & Attributes) => ReactNode) | null {
  const [Part, setPart] = useState<ComponentType<Props> | null>(null);
  useEffect(() => {
    if (!isNeeded || Part !== null) return;
    let isGone = false;
    load().then(
      (loaded) => (isGone ? undefined : setPart(() => loaded)),
      () => (isGone ? undefined : giveUp()),
    );
    return () => {
      isGone = true;
    };
  }, [load, isNeeded, giveUp, Part]);
  return Part === null ? null : (props) => createElement(Part, props);
}
