import { z } from "zod";
import { actionSchema, whenSchema } from "../actions/schemas.ts";
import { ruleSchema } from "../scenario/rules.ts";

export const noBody = z.strictObject({});
/** Rules alone, or a scenario by its name. A whole document is checked by its own schema. */
export const rulesBody = z.strictObject({ rules: z.array(ruleSchema) });
export const namedScenarioBody = z.strictObject({ name: z.string() });
/** When an action happens, beside the action itself; at once without one. */
export const whenBody = z.looseObject({ when: whenSchema.optional() });
export const actionBody = actionSchema;
export const releaseBody = z.strictObject({ perSecond: z.number().positive().optional() });
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
