import { err, ok, type Result } from "@herald/kernel";
import type { Speed } from "./use-campaign-acts.client.ts";

const between = (text: string, least: number, most: number): number | null => {
  const number = Number(text.trim().replace(",", "."));
  return text.trim() !== "" && number >= least && number <= most ? number : null;
};

/** What the door takes, of what was typed: a ceiling from 0.1 to 1,000 or none, and a weight from 0.1 to 10. The error names the wrong fields. */
export function speedOf(typed: { readonly ceiling: string; readonly weight: string }): Result<Speed, readonly ("ceiling" | "weight")[]> {
  const maxPerSecond = typed.ceiling.trim() === "" ? null : between(typed.ceiling, 0.1, 1000);
  const weight = between(typed.weight, 0.1, 10);
  const isCeilingWrong = typed.ceiling.trim() !== "" && maxPerSecond === null;
  if (isCeilingWrong || weight === null)
    return err([...(isCeilingWrong ? ["ceiling" as const] : []), ...(weight === null ? ["weight" as const] : [])]);
  return ok({ weight, maxPerSecond });
}
