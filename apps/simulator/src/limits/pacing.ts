import type { HoldTicket, Pace } from "../truth/events.ts";

type Pacer = Pace & { passed: number };
export type HeldMessage = HoldTicket & { readonly wamid: string };

/**
 * Template and portfolio pacing: after a number of sends the next ones are held for quality assessment, to be released or dropped.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-pacing and …/portfolio-pacing
 */
export class Pacing {
  #pacers: Pacer[] = [];
  readonly #held = new Map<string, HeldMessage>();

  /** From now on; an earlier pace of the same template or portfolio is replaced. */
  start(pace: Pace): void {
    this.#pacers = this.#pacers.filter((each) => each.scope !== pace.scope || each.template !== pace.template);
    this.#pacers.push({ ...pace, passed: 0 });
  }

  /** Which pace holds the next send of this template; null when it may pass. */
  scopeHolding(template: string): Pace["scope"] | null {
    return this.#pacers.find((each) => concerns(each, template) && each.passed >= each.after)?.scope ?? null;
  }

  /** Counts a send that was let through. */
  notePassed(template: string): void {
    for (const pacer of this.#pacers) if (concerns(pacer, template)) pacer.passed += 1;
  }

  hold(message: HeldMessage): void {
    this.#held.set(message.wamid, message);
  }

  /** Lets go of messages, in which the assessment has ended. */
  unhold(wamids: readonly string[]): void {
    for (const wamid of wamids) this.#held.delete(wamid);
    this.#pacers = [];
  }

  /** In the order they were accepted. */
  get held(): readonly HeldMessage[] {
    return [...this.#held.values()];
  }
}

const concerns = (pacer: Pacer, template: string): boolean => pacer.template === null || pacer.template === template;
