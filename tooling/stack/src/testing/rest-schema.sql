-- A small world for the checks of the API: two tenants, a table with rows of each, a table for filters, and functions.
create table tenants (id uuid primary key default gen_random_uuid(), name text not null unique);
create table members (
  tenant_id uuid not null references tenants (id),
  user_id uuid not null,
  primary key (tenant_id, user_id)
);
create table campaigns (
  id bigint generated always as identity primary key,
  tenant_id uuid not null references tenants (id),
  name text not null,
  budget numeric(12, 2) not null default 0,
  meta jsonb not null default '{}',
  unique (tenant_id, name)
);
create table sources (
  id bigint generated always as identity primary key,
  campaign_id bigint not null references campaigns (id),
  tenant_id uuid not null references tenants (id),
  url text not null,
  hits int not null
);
create table items (id int primary key, label text not null, n int not null, meta jsonb not null);
create table secrets (id int primary key);
revoke all on secrets from anon, authenticated;

create function my_tenants() returns setof uuid language sql stable security definer set search_path = public
  as $$ select tenant_id from members where user_id = auth.uid() $$;
alter table tenants enable row level security;
alter table members enable row level security;
alter table campaigns enable row level security;
alter table sources enable row level security;
create policy own on tenants to authenticated using (id in (select my_tenants()));
create policy own on members to authenticated using (user_id = auth.uid());
create policy own on campaigns to authenticated using (tenant_id in (select my_tenants())) with check (tenant_id in (select my_tenants()));
create policy own on sources to authenticated using (tenant_id in (select my_tenants())) with check (tenant_id in (select my_tenants()));

create function whoami() returns jsonb language sql stable
  as $$ select jsonb_build_object('role', current_user, 'uid', auth.uid(), 'claimed', auth.role(), 'email', auth.email()) $$;
create function add_numbers(a int, b int) returns int language sql immutable as 'select a + b';
create function items_from(min_n int) returns setof items language sql stable as 'select * from items where n >= min_n order by id';
create function boom(kind text) returns void language plpgsql as $$
begin
  if kind = 'payment' then
    raise exception 'payment required' using errcode = 'PT402', detail = 'limit 5', hint = 'upgrade';
  end if;
  raise exception 'quota exceeded' using errcode = 'P0429';
end
$$;

insert into tenants (id, name) values
  ('00000000-0000-0000-0000-0000000000a1', 'north'),
  ('00000000-0000-0000-0000-0000000000a2', 'south');
insert into members values
  ('00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-0000000000b1'),
  ('00000000-0000-0000-0000-0000000000a2', '00000000-0000-0000-0000-0000000000b2');
insert into items select i, 'Item ' || i, i % 10, jsonb_build_object('k', i % 3) from generate_series(1, 1000) i;
