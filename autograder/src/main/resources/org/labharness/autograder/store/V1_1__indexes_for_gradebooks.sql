-- A gradebook reads few columns of many rows; an index that holds them saves reading the rows, which are far longer.
create index submission_facts on submission (course, id, lab, owner, commit_id, received);
create index evaluation_points on evaluation (id, points, of_points, bonus, held);
create index verdict_points on verdict (evaluation, check_id, points, of_points);
