export { json, jsonOrForm, upload } from "./body.ts";
export { fromBody, fromCampaign, fromPath } from "./declaration.ts";
export { door } from "./door.ts";
export { refuseForeignOrigin } from "./origin.ts";
export { otherMethods, otherMethodsOfFile } from "./other-methods.ts";
