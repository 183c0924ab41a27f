INSERT INTO risk (id, workspace_id, ref, ref_key, position, title, cause, event, effect, target, treatment, mitigated_by, board_id)
SELECT 1, workspace_id, 'ORG0009', 'org-9', 0, 'Too few foster carers', '', 'Placements run out', '', 8, 'treat', '["healthy-5"]', id FROM board ORDER BY id LIMIT 1;
INSERT INTO risk_assessment (id, workspace_id, risk_id, day, likelihood, impact, reason, signature, way, at)
SELECT 1, workspace_id, id, '2020-09-30', 3, 5, 'two carers left', 'Head of Education, Sefton Council', 'command', '2020-10-14 15:00:00' FROM risk
