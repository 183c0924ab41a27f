INSERT INTO said_message (id, workspace_id, message, answer, became, at)
SELECT 1, id, 'D0HEADEDU/1600000000.000100', 'D0HEADEDU/1600000000.000200', 'done', '2020-09-13 12:26:40' FROM workspace ORDER BY id LIMIT 1;
INSERT INTO refused_block (id, workspace_id, kind, at)
SELECT 1, id, 'context', '2020-09-13 12:26:40' FROM workspace ORDER BY id LIMIT 1;
UPDATE action_update SET message = 'D0HEADEDU/1600000000.000100' WHERE id = 1
