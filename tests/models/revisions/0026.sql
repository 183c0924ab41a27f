UPDATE organisation SET contributors = '["principal-social-worker"]', last_day = '2022-06-30';
INSERT INTO contribution (id, workspace_id, meeting_id, theme_id, organisation_id, post_id, parts, signature, way, at)
SELECT 1, meeting.workspace_id, meeting.id, theme.id, post.organisation_id, post.id, '{"evidence": "Most interactions"}', 'Democratic Services Officer', 'form', '2020-09-24 15:00:00' FROM meeting, theme, post ORDER BY meeting.id, theme.id, post.id LIMIT 1
