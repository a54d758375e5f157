-- Points of all checks of a course are read without the words beside them, which are fifty times as long.
create index verdict_points on verdict (evaluation, check_id, points, of_points);
