-- Who has claimed what forges told and are to be told, so that what the dead had goes to others without waiting. May be run again, as V8.
alter table webhook_receipt add column if not exists holder varchar(80) default '' not null;
alter table forge_report add column if not exists holder varchar(80) default '' not null;
