import { cleanup } from "@testing-library/react";
import { afterEach, vi } from "vitest";

const HEIGHT_PX = 600;

/** What jsdom lacks and a browser has: sizes, observers, scrolling. Import it first in a test that renders. */
export function browserLike(): void {
  class Observer implements ResizeObserver {
    observe = vi.fn<() => void>();
    unobserve = vi.fn<() => void>();
    disconnect = vi.fn<() => void>();
  }
  globalThis.ResizeObserver = Observer;
  Element.prototype.scrollIntoView = vi.fn<() => void>();
  Element.prototype.scrollTo = vi.fn<() => void>();
  Element.prototype.hasPointerCapture = () => false;
  Object.defineProperty(HTMLElement.prototype, "offsetHeight", { configurable: true, value: HEIGHT_PX });
  Object.defineProperty(HTMLElement.prototype, "offsetWidth", { configurable: true, value: HEIGHT_PX });
  Object.defineProperty(HTMLElement.prototype, "clientHeight", { configurable: true, value: HEIGHT_PX });
  afterEach(cleanup);
}
