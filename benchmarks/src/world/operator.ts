import { randomUUID } from "node:crypto";
import { DoorRefused, demoMembers, demoPassword, type Product, shop, signIn } from "@herald/demo";
import { CannotMeasure } from "../bench.ts";
import type { World } from "./world.ts";

/** An operator of the shop, through the web's doors. */
export type Operator = {
  readonly launch: (campaign: object) => Promise<string>;
  readonly campaign: Product["campaign"];
  readonly control: Product["control"];
  /** Null: the number's own pace. */
  readonly rate: (campaignId: string, maxPerSecond: number | null) => Promise<void>;
};

export async function operatorOf({ webUrl }: World): Promise<Operator> {
  if (webUrl === null) throw new Error("this world has no web");
  const member = demoMembers.find(({ role }) => role === "owner");
  const product = await signIn(webUrl, member?.email ?? "", demoPassword);
  return {
    launch: async (campaign) => (await product.bulkSend({ ...campaign, workspaceId: shop.workspaceId }, randomUUID())).campaignId,
    campaign: product.campaign,
    control: product.control,
    async rate(campaignId, maxPerSecond) {
      try {
        await product.rate(campaignId, { maxPerSecond });
      } catch (error) {
        if (error instanceof DoorRefused && error.status === 404) throw new CannotMeasure("this build has no door for a campaign's rate");
        throw error;
      }
    },
  };
}
