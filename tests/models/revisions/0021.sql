INSERT INTO report_entry (id, workspace_id, board_id, meeting_id, name, value, signature, way, at)
SELECT 1, workspace_id, id, NULL, 'portfolio', '"Children''s Services"', 'Democratic Services Officer', 'form', '2020-09-01 15:00:00' FROM board ORDER BY id LIMIT 1;
INSERT INTO report_entry (id, workspace_id, board_id, meeting_id, name, value, signature, way, at)
SELECT 2, workspace_id, board_id, id, 'finance', '{"reference": "FD6114/20", "sent": "2020-08-20"}', 'Democratic Services Officer', 'command', '2020-08-20 15:00:00' FROM meeting ORDER BY id LIMIT 1
