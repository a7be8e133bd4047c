import { z } from "zod";
import { ruleSchema } from "../scenario.ts";

export const noBody = z.strictObject({});
export const scenarioBody = z.strictObject({ rules: z.array(ruleSchema) });
export const holdBody = z.strictObject({ replies: z.boolean().default(true) });
export const resetBody = z.strictObject({ config: z.boolean().default(false) });

/** A user's message to a business number: typed text, or a tap on a button of the message `contextWamid`. */
export const inboundBody = z
  .strictObject({
    phoneNumberId: z.string(),
    from: z.string().regex(/^\+[1-9]\d{6,14}$/, "E.164 with +"),
    text: z.string().min(1).optional(),
    button: z.strictObject({ text: z.string().min(1), payload: z.string() }).optional(),
    contextWamid: z.string().startsWith("wamid.").optional(),
  })
  .refine((body) => (body.text === undefined) !== (body.button === undefined), "exactly one of text and button")
  .refine((body) => body.button === undefined || body.contextWamid !== undefined, {
    path: ["contextWamid"],
    message: "a tapped button belongs to a message",
  });

export type InboundBody = z.infer<typeof inboundBody>;
