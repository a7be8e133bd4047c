export { CampaignsLoading as default } from "../../../../../../features/campaigns/campaigns-loading.tsx";
