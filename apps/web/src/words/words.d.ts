import type { messages } from "./messages.ts";
import type { locale } from "./reader.ts";

declare module "use-intl" {
  interface AppConfig {
    Locale: typeof locale;
    Messages: typeof messages;
  }
}
