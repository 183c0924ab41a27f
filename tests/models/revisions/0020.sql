INSERT INTO frozen_paper (id, workspace_id, meeting_id, edition, meeting_day, figures, thawed_by, signature, way, at)
SELECT 1, workspace_id, id, 1, '2020-09-16', '{}', '', 'Democratic Services Officer', 'command', '2020-09-08 15:00:00' FROM meeting ORDER BY id LIMIT 1;
INSERT INTO paper_template (id, workspace_id, board_id, name, content, signature, way, at)
SELECT 1, workspace_id, id, 'our own.docx', '', 'Democratic Services Officer', 'command', '2020-09-08 15:00:00' FROM board ORDER BY id LIMIT 1
