import type { UserId } from "@herald/kernel";
import { wordsOf } from "../../words/reader.server.ts";
import type { Proof } from "./read-person.ts";

/** Where a consent or a withdrawal came from, as a sentence. */
export function proofWords(
  { origin, proof, state }: { readonly origin: string; readonly proof: Proof; readonly state: string },
  reader: UserId,
): string {
  const t = wordsOf("contacts");
  const note = typeof proof["note"] === "string" ? proof["note"] : "";
  switch (origin) {
    case "import":
      return typeof proof["file"] === "string" && typeof proof["row"] === "number"
        ? t("said.origins.import", { file: proof["file"], row: proof["row"] })
        : t("said.origins.importFile");
    case "stop_word":
      return t("said.origins.stop_word");
    case "provider_preference":
      return t(state === "withdrawn" ? "said.origins.providerStop" : "said.origins.providerResume");
    case "operator":
      return t(proof["userId"] === reader ? "said.origins.operatorYou" : "said.origins.operatorOther", { note });
    default:
      return t("said.origins.other", { origin: origin.replaceAll("_", " ") });
  }
}

const known = ["operator", "stop_word", "provider_preference"] as const;

/** Why an address is on the opt-out register. */
export function reasonWords(reason: string): string {
  const t = wordsOf("contacts");
  const word = known.find((one) => one === reason);
  return word ? t(`person.reasons.${word}`) : t("person.reasons.other", { reason: reason.replaceAll("_", " ") });
}
