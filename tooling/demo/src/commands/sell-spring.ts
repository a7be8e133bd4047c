import { signIn } from "../clients/product.ts";
import type { RunningProduct } from "../product/run-product.ts";
import { audit, launchSpringSale, untilFinal } from "../run-campaign.ts";
import { springSaleRules } from "../story/scenario.ts";
import { shopDesk } from "../story/shop.ts";
import { springSaleCsv } from "../story/write-csv.ts";
import { describeAudit } from "./print-audit.ts";
import { progressBar } from "./progress-bar.ts";

/** An hour: whoever pauses the sale to look around has the time. */
const patienceMs = 3_600_000;

/** The spring sale as its operator would run it, told line by line. True when ledger, provider and MongoDB agree, nobody was sent twice and nobody lost. */
export async function sellSpring(desk: {
  readonly product: RunningProduct;
  readonly settings: Readonly<Record<string, string | undefined>>;
  readonly say: (line: string) => void;
  readonly startedMs: number;
}): Promise<boolean> {
  const { product, settings, say, startedMs } = desk;
  await product.simulator.script(springSaleRules);
  const operator = await signIn(product.webUrl, shopDesk.email, shopDesk.password);
  const name = `Spring sale ${new Date().toISOString().slice(0, 19).replace("T", " ")}`;
  const { preview, launch } = await launchSpringSale(operator, { name: "spring-sale.csv", csv: springSaleCsv }, name);
  say(`\n${name}: ${preview.matched} chosen − ${preview.matched - preview.eligible} left out = ${preview.eligible} will receive`);
  for (const { reason, count } of preview.excluded) say(`  left out: ${count} ${reason}`);
  const bar = progressBar((text) => process.stdout.write(text), process.stdout.isTTY);
  let isFirst = true;
  await untilFinal(operator, launch.campaignId, patienceMs, (view) => {
    const isBegun = view.ledger.planned - (view.ledger.counts["queued"] ?? 0) - (view.ledger.counts["skipped"] ?? 0) > 0;
    if (isFirst && isBegun)
      say(
        `  first message ${((performance.now() - startedMs) / 1000).toFixed(1)} s after the start; receipts come ten times faster than in life`,
      );
    isFirst &&= !isBegun;
    bar.show(view);
  });
  bar.end();
  const result = await audit(settings, product.simulator, launch.campaignId);
  say(describeAudit(result));
  return result.problems.length === 0 && result.comparison.doubled === 0 && result.comparison.lost === 0;
}
