/** One documented failure: title and usual details as Meta words them. `httpStatus` is advisory, Meta no longer documents it. */
export type CatalogueEntry = { readonly httpStatus: number; readonly title: string; readonly details: string | null };

const entry = (httpStatus: number, title: string, details: string | null = null): CatalogueEntry => ({ httpStatus, title, details });

/**
 * Codes a send can meet, in the answer or in a `failed` webhook.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes (codes and meanings; titles abridged).
 */
const catalogue = new Map<number, CatalogueEntry>([
  [0, entry(401, "AuthException", "We were unable to authenticate the app user.")],
  [1, entry(400, "An unknown error occurred", "Invalid request or possible server error.")],
  [2, entry(503, "Service temporarily unavailable", "Temporary due to downtime or due to being overloaded.")],
  [3, entry(500, "Application does not have the capability to make this API call.", "Capability or permissions issue.")],
  [4, entry(400, "Application request limit reached", "The app has reached its API call rate limit.")],
  [10, entry(403, "Application does not have permission for this action", "Permission is either not granted or has been removed.")],
  [17, entry(400, "User request limit reached", "The user has reached the rate limit of API calls.")],
  [32, entry(400, "Page request limit reached", "The page has reached the rate limit of API calls.")],
  [33, entry(400, "Parameter value is not valid", "The business phone number has been deleted.")],
  [100, entry(400, "Invalid parameter", "The request included one or more unsupported or misspelled parameters.")],
  [104, entry(401, "An access token is required to request this resource.")],
  [190, entry(401, "Access token has expired", "The access token has expired or is not valid.")],
  [200, entry(403, "Permissions error", "Permission is either not granted or has been removed.")],
  [368, entry(403, "Temporarily blocked for policies violations", "The WhatsApp Business Account has been restricted or disabled.")],
  [613, entry(400, "Calls to this API have exceeded the rate limit", null)],
  [80007, entry(400, "Rate limit issues", "The WhatsApp Business Account has reached its rate limit.")],
  [80008, entry(400, "There have been too many calls to this WhatsApp Business Account", null)],
  [130403, entry(400, "Business has blocked the user", "The message was not sent because the business blocked this user.")],
  [130429, entry(400, "Rate limit hit", "Cloud API message throughput has been reached.")],
  [130472, entry(400, "User's number is part of an experiment", "Message was not sent as part of an experiment.")],
  [130497, entry(403, "Business account is restricted from messaging users in this country", null)],
  [131000, entry(500, "Something went wrong", "Message failed to send due to an unknown error.")],
  [131001, entry(400, "Message too long", null)],
  [131002, entry(400, "Invalid recipient type", null)],
  [131005, entry(403, "Access denied", "Permission is either not granted or has been removed.")],
  [131006, entry(400, "Resource not found", null)],
  [131008, entry(400, "Required parameter is missing", "The request is missing a required parameter.")],
  [131009, entry(400, "Parameter value is not valid", "One or more parameter values are invalid.")],
  [131016, entry(503, "Service unavailable", "A service is temporarily unavailable.")],
  [131021, entry(400, "Recipient cannot be sender", "Sender and recipient phone number is the same.")],
  [131026, entry(400, "Message undeliverable", "Message undeliverable.")],
  [131031, entry(403, "Account has been locked", "The WhatsApp Business Account has been restricted or disabled.")],
  [131036, entry(400, "Message could not be decrypted", "The client could not decrypt the message and delivery was stopped.")],
  [131037, entry(400, "Display name approval needed", "The phone number needs display name approval before messages can be sent.")],
  [131042, entry(400, "Business eligibility payment issue", "There was an error related to your payment method.")],
  [131043, entry(400, "Message expired", "The message was not delivered within its time to live.")],
  [131045, entry(500, "Incorrect certificate", "Message failed to send due to a phone number registration error.")],
  [
    131047,
    entry(
      400,
      "Re-engagement message",
      "More than 24 hours have passed since the customer last replied to this number; send a template message.",
    ),
  ],
  [131048, entry(400, "Spam rate limit hit", "There are restrictions on how many messages can be sent from this phone number.")],
  [
    131049,
    entry(
      400,
      "This message was not delivered to maintain healthy ecosystem engagement.",
      "In order to maintain a healthy ecosystem engagement, the message failed to be delivered.",
    ),
  ],
  [131050, entry(400, "User stopped marketing messages", "The user has chosen to stop receiving marketing messages from your business.")],
  [131051, entry(400, "Message type unsupported", "Unsupported message type.")],
  [131052, entry(400, "Media download error", "Unable to download the media sent by the user.")],
  [131053, entry(400, "Media upload error", "Unable to upload the media used in the message.")],
  [131055, entry(400, "Method not allowed", "Only marketing templates can be sent by this endpoint.")],
  [
    131056,
    entry(400, "Pair rate limit hit", "Too many messages were sent from this phone number to the same phone number in a short time."),
  ],
  [131057, entry(500, "Account in maintenance mode", "The business account is in maintenance mode.")],
  [131062, entry(400, "Business-scoped user id is not supported for this message", "Send this message to the user's phone number.")],
  [131063, entry(400, "Marketing messages are disabled on Cloud API for this account", null)],
  [131064, entry(400, "Account limited for template classification violations", null)],
  [132000, entry(400, "Number of parameters does not match the expected number of params", null)],
  [132001, entry(404, "Template name does not exist in the translation", null)],
  [132005, entry(400, "Translated text too long", null)],
  [132007, entry(400, "Template format character policy violated", "Template content violates a WhatsApp policy.")],
  [132012, entry(400, "Parameter format does not match format in the created template", null)],
  [132015, entry(400, "Template is paused", "Template is paused due to low quality so it cannot be sent in a template message.")],
  [
    132016,
    entry(400, "Template is disabled", "Template has been paused too many times due to low quality and is now permanently disabled."),
  ],
  [132018, entry(400, "There was an issue with the parameters in your template", null)],
  [132068, entry(400, "Flow is blocked", "Flow is in blocked state.")],
  [132069, entry(400, "Flow is throttled", "Flow is in throttled state.")],
  [133000, entry(500, "Incomplete deregistration", "A previous deregistration attempt failed.")],
  [133004, entry(503, "Server temporarily unavailable", "Server is temporarily unavailable.")],
  [133005, entry(400, "Two step verification PIN mismatch", null)],
  [133006, entry(400, "Phone number re-verification needed", null)],
  [133008, entry(400, "Too many two step verification PIN guesses", null)],
  [133009, entry(400, "Two step verification PIN guessed too fast", null)],
  [133010, entry(400, "Account not registered", "Phone number is not registered on the WhatsApp Business Platform.")],
  [133015, entry(400, "Please wait a few minutes before attempting to register this phone number", "The number was deleted recently.")],
  [133016, entry(400, "Account register deregister rate limit exceeded", null)],
  [134011, entry(400, "WhatsApp Payments terms of service have not been accepted", null)],
  [134100, entry(400, "Only marketing messages are supported", null)],
  [134101, entry(400, "Template is still syncing", "The template is not available yet; try again within 10 minutes.")],
  [134102, entry(500, "Template unavailable", "The template is unavailable for marketing messages.")],
  [135000, entry(400, "Generic user error", "Message failed to send because of an unknown error with your request parameters.")],
  [2494100, entry(400, "Phone number is in maintenance", "The phone number is being migrated.")],
]);

const undocumented = entry(400, "Unknown error");

/** What Meta says for a code; a code not in the catalogue answers generically, so unclassified codes can be scripted too. */
export const catalogueEntry = (code: number): CatalogueEntry => catalogue.get(code) ?? undocumented;
