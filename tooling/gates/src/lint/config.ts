import { fileURLToPath } from "node:url";
import type { OxlintConfig } from "oxlint";
import { LAW, packageName, type RoomLaw } from "../rooms/law.ts";
import { WORKFLOW_RULES } from "./workflow-rules.ts";

const TESTS = ["**/*.test.ts", "**/*.test.tsx", "**/testing/**", "**/__fixtures__/**"];
/** Product code; everything else is tooling, which may print and read its environment. */
const PRODUCT = ["apps/*/src/**/*.{ts,tsx}", "packages/*/src/**/*.{ts,tsx}"];

type Rules = NonNullable<OxlintConfig["rules"]>;
type Override = NonNullable<OxlintConfig["overrides"]>[number];

/** The root `oxlint.config.ts`. Per-package import rules come from the law, so an editor says what `pnpm rooms` would. */
export function lintConfig(): OxlintConfig {
  return {
    plugins: ["typescript", "unicorn", "oxc", "import", "node", "promise", "vitest", "react", "nextjs"],
    jsPlugins: [fileURLToPath(import.meta.resolve("eslint-plugin-temporal"))],
    categories: { correctness: "error", suspicious: "error" },
    options: { typeAware: true, reportUnusedDisableDirectives: "error" },
    ignorePatterns: ["**/*.generated.ts", "**/histories/**", "**/.next/**", "**/next-env.d.ts"],
    rules: EVERYWHERE,
    overrides: [
      { files: PRODUCT, excludeFiles: TESTS, rules: PRODUCT_RULES },
      { files: ["**/env.ts", "packages/testkit/src/**"], rules: { "no-restricted-properties": "off" } },
      ...Object.entries(LAW).flatMap(([name, law]) => (law.kind === "tooling" ? [] : [roomOverride(name, law)])),
      { files: ["packages/workflows/src/**/*.ts"], excludeFiles: TESTS, rules: WORKFLOW_RULES },
    ],
  };
}

const EVERYWHERE: Rules = {
  "typescript/no-explicit-any": "error",
  "typescript/no-floating-promises": "error",
  "typescript/no-misused-promises": "error",
  "typescript/await-thenable": "error",
  "typescript/switch-exhaustiveness-check": "error",
  "typescript/ban-ts-comment": "error",
  "typescript/only-throw-error": ["error", { allowThrowingUnknown: true }],
  "typescript/no-non-null-assertion": "error",
  "typescript/consistent-type-imports": "error",
  "no-unused-vars": ["error", { argsIgnorePattern: "^_", caughtErrors: "all" }],
  "import/no-cycle": "error",
  "unicorn/prefer-node-protocol": "error",
  eqeqeq: "error",
  // A sequence is sometimes what is wanted: ordered sends, ordered migrations.
  "no-await-in-loop": "off",
  // Brands, JSON and rows are born of an assertion; each is one line beside the check that earns it.
  "typescript/no-unsafe-type-assertion": "off",
  // `pg.Client` off the default export is how CommonJS packages are used from ESM.
  "import/no-named-as-default": "off",
  "import/no-named-as-default-member": "off",
  // Our objects are closures: no method of theirs reads `this`.
  "typescript/unbound-method": "off",
  // tsc's noImplicitReturns says the same with fewer false alarms; `then` is for side effects here, values are awaited.
  "typescript/consistent-return": "off",
  "promise/always-return": "off",
  // A flag that another callback sets looks unmodified to it.
  "no-unmodified-loop-condition": "off",
  // The second argument is vitest's message.
  "vitest/valid-expect": ["error", { maxArgs: 2 }],
  "vitest/expect-expect": ["error", { assertFunctionNames: ["expect", "expect*", "assert*", "fc.assert", "waitFor"] }],
  // A stylesheet has nothing to assign.
  "import/no-unassigned-import": ["error", { allow: ["**/*.css", "@fontsource-variable/*", "@herald/ui/styles"] }],
  // React 19 needs no React in scope.
  "react/react-in-jsx-scope": "off",
  // A helper beside its one use reads better than one lifted to the top of the file.
  "unicorn/consistent-function-scoping": "off",
  // The names of the field are what they are, also when an outer scope has them.
  "no-shadow": "off",
};

const PRODUCT_RULES: Rules = {
  "no-console": "error",
  "no-restricted-properties": [
    "error",
    { object: "process", property: "env", message: "Parse it once with zod in the app's env.ts, and take the value as an argument here." },
  ],
};

function folderOf(name: string, law: RoomLaw): string {
  return `${law.kind === "app" || law.kind === "simulator" ? "apps" : "packages"}/${name.replace("@herald/", "")}`;
}

function roomOverride(name: string, law: RoomLaw): Override {
  const pure: Rules = law.node
    ? {}
    : {
        "import/no-nodejs-modules": "error",
        "no-restricted-globals": ["error", { name: "process", message: "This room is pure: take the value as an argument." }],
      };
  return {
    files: [`${folderOf(name, law)}/src/**/*.{ts,tsx}`],
    excludeFiles: TESTS,
    rules: { "no-restricted-imports": ["error", { patterns: closedPackages(name, law) }], ...pure },
  };
}

/**
 * Packages this room may name by type only, then those it may not name at all. In this order: once a pattern with an exception
 * (`!…`) has let an import through, oxlint 1.94 tries no later pattern.
 */
function closedPackages(name: string, law: RoomLaw): object[] {
  const whole = (names: readonly string[]): string[] => names.flatMap((one) => [one, `${one}/**`]);
  const open = new Set([name, ...law.values, ...law.types]);
  const parts = law.values.filter((one) => one !== packageName(one));
  const typesOnly = { group: whole(law.types), allowTypeImports: true, message: `Write \`import type\`. Never: ${law.never}.` };
  const closed = {
    group: [...whole(Object.keys(LAW).filter((one) => !open.has(one))), ...parts.map((part) => `!${part}`)],
    message: `Never: ${law.never}. See ARCHITECTURE.md.`,
  };
  return law.types.length === 0 ? [closed] : [typesOnly, closed];
}
