export { SettingsLoading as default } from "../../../../../features/settings/settings-loading.tsx";
