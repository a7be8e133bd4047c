import { lintConfig } from "./tooling/gates/src/lint/config.ts";

export default lintConfig();
