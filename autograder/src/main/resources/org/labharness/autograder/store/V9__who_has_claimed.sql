-- Who has claimed what forges told and are to be told, so that what the dead had goes to others without waiting.
alter table webhook_receipt add column holder varchar(80) default '' not null;
alter table forge_report add column holder varchar(80) default '' not null;
