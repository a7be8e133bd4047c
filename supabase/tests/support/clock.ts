import type pg from "pg";

/**
 * The engine's one clock, steppable for a suite's database without stepping the machine's; everybody's clock there.
 * @returns sets how far it is ahead of the true one, in seconds
 */
export async function steppableClock(owner: pg.Pool): Promise<(aheadS: number) => Promise<void>> {
  await owner.query("create table herald.test_shift as select 0::double precision as ahead");
  await owner.query("grant select on herald.test_shift to herald_engine");
  await owner.query(`create or replace function herald.now_s() returns double precision language sql volatile as
    $$ select extract(epoch from clock_timestamp())::double precision + (select ahead from herald.test_shift) $$`);
  return async (aheadS) => {
    await owner.query("update herald.test_shift set ahead = $1", [aheadS]);
  };
}
