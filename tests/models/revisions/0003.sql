UPDATE workspace SET looked_at = '2020-09-10 08:31:00.000000', wake_at = '2020-09-11 08:30:00.000000';
