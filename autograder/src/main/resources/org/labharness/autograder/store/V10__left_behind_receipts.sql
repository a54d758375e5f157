-- How often in a row the process ended that had in hand what a forge told or is to be told, and a status for pushes that are left alone for it.
-- The same text for H2 and PostgreSQL; may be run again, as V8.
alter table webhook_receipt add column if not exists left_behind integer default 0 not null;
alter table forge_report add column if not exists left_behind integer default 0 not null;
create index if not exists webhook_receipt_left_behind on webhook_receipt (left_behind);

-- The check of the status has no name that both databases know: the column is made anew, and what it held is kept meanwhile.
alter table webhook_receipt add column if not exists status varchar(20);
alter table webhook_receipt add column if not exists kept_status varchar(20);
update webhook_receipt set kept_status = status where kept_status is null;
drop index if exists webhook_receipt_waiting;
alter table webhook_receipt drop column status;
alter table webhook_receipt add column status varchar(20);
update webhook_receipt set status = kept_status;
alter table webhook_receipt alter column status set not null;
alter table webhook_receipt add constraint webhook_receipt_status
  check (status in ('waiting', 'taken', 'gone', 'refused', 'unreachable', 'left_alone'));
create index webhook_receipt_waiting on webhook_receipt (status, due);
alter table webhook_receipt drop column kept_status;
