-- How often in a row the process that graded it ended before it was over.
alter table grading add column left_behind integer not null default 0;
