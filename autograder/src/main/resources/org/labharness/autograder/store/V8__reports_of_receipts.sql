-- A push that came to nothing is told to the forge too: a report is of a grading or of a receipt. The same text for H2 and PostgreSQL.
-- H2 commits each statement by itself: all of them may be run again where a full disk or a kill cut them off.
alter table forge_report alter column grading drop not null;
alter table forge_report add column if not exists receipt bigint references webhook_receipt;
alter table forge_report drop constraint if exists forge_report_once_of_receipt;
alter table forge_report add constraint forge_report_once_of_receipt unique (receipt);
alter table forge_report drop constraint if exists forge_report_of_one;
alter table forge_report add constraint forge_report_of_one check ((grading is null) <> (receipt is null));
create index if not exists forge_report_of_commit on forge_report (course, lab, commit_id);
create index if not exists webhook_receipt_of_commit on webhook_receipt (course, lab, commit_id);
