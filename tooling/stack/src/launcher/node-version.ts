const neededMajor = 24;

/** The sources are TypeScript that Node runs as it is; older versions cannot. Call before anything else. */
export function assertNode(version: string = process.versions.node): void {
  if (Number.parseInt(version, 10) >= neededMajor) return;
  throw new Error(
    `Herald needs Node ${neededMajor} or later, this is ${version} (${process.execPath}). ` +
      "The right one is installed with the dependencies: run the scripts through pnpm (`npx -y pnpm@12.21.0 start`), " +
      "and if you did, run `npx -y pnpm@12.21.0 install` first: an install that failed leaves the old one in place.",
  );
}
