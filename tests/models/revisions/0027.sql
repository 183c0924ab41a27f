INSERT INTO measure (id, workspace_id, ref, ref_key, position, name, short_name, priority_id, good_is, unit, period, target, floor, unchanged, seasonal, baseline, source, benchmarks)
SELECT 1, workspace_id, 'm7.1', 'm-7-1', 0, 'Work that is child centred', 'met Good', NULL, 'high', 'days', 'quarter', '75', '65', '1', false, '', 'Audits', '[["England", "70"]]' FROM board ORDER BY id LIMIT 1;
INSERT INTO measure_value (id, workspace_id, measure_id, period_end, figure, numerator, denominator, target, floor, provisional, absent, note, signature, way, at)
SELECT 1, workspace_id, id, '2020-09-30', '72', 18, 25, '75', '65', true, NULL, '', 'Head of Education, Sefton Council', 'command', '2020-10-14 15:00:00' FROM measure
