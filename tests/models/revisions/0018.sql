UPDATE said_message SET kind = 'answer', stage = 'right at once' WHERE id = 1;
INSERT INTO message_count (id, workspace_id, day, kind, stage, messages)
SELECT 1, id, '2020-09-13', 'answer', 'right at once', 1 FROM workspace ORDER BY id LIMIT 1
