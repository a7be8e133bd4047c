import { knownOnly } from "../../../../../../../panel/known-only.ts";
import { importInPath } from "./import-in-path.ts";

export default knownOnly(importInPath);
