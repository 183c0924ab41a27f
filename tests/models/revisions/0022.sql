INSERT INTO ended_plan (id, workspace_id, name, area, zone, starts, ends, ended_on, signature, way, at)
SELECT 1, workspace_id, 'My Sefton 2015–2020', 'Sefton', 'Europe/London', '2015-04-01', '2020-03-31', '2020-03-31', 'command line', 'command line', '2020-04-01 08:00:00' FROM board ORDER BY id LIMIT 1
