INSERT INTO paper_template (id, workspace_id, board_id, document, name, content, signature, way, at)
SELECT 2, workspace_id, id, 'front', 'our front sheet.docx', '', 'Democratic Services Officer', 'command', '2020-09-08 15:00:00' FROM board ORDER BY id LIMIT 1
