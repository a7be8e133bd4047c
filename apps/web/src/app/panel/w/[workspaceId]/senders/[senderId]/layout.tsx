import { knownOnly } from "../../../../../../panel/known-only.ts";
import { senderInPath } from "./sender-in-path.ts";

export default knownOnly(senderInPath);
