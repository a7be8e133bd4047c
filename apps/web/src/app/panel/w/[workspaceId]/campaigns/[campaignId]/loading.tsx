export { OverviewSkeleton as default } from "../../../../../../features/live/overview-skeleton.tsx";
