import { Skeleton, SkeletonText } from "@herald/ui/skeleton";
import { wordsOf } from "../../../../../../../words/reader.server.ts";

export default function Loading() {
  return (
    <>
      <SkeletonText lines={2} label={wordsOf("imports")("skeleton")} />
      <Skeleton blockSize="20rem" />
    </>
  );
}
