import { knownOnly } from "../../../../../../panel/known-only.ts";
import { personInPath } from "./person-in-path.ts";

export default knownOnly(personInPath);
