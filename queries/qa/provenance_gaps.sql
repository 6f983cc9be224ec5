-- ---
-- id: qa.provenance_gaps
-- version: 1.1.0
-- engine: archive
-- title: {en: Claims without provenance, zh: 缺少出处的陈述}
-- question:
--   en: Which claims lack a span, a file, a version or a grade?
--   zh: 哪些陈述缺少位置、文件、版本或等级？
-- tags: [quality, evidence]
-- returns:
--   claim: {type: str, key: true}
--   kind: {type: str}
--   subject: {type: str}
--   missing: {type: "list[str]"}
--   evidence: {type: "list[str]"}
-- limit: 1000
-- caveats:
--   - en: A party's own words count as F6 until graded; a report has no grade before its source is graded.
--     zh: 当事人自己的说法在评级前按 F6 计；报告在其来源被评级之前没有等级。
-- expect:
--   - params: {}
--     contains: [{missing: [grade]}]
--     lacks: [{missing: [span]}, {missing: [file]}, {missing: [version]}]
-- ---
WITH checked AS (
  SELECT c.id AS claim, c.kind, c.subject, p.id AS post,
         c.span_end <= c.span_start OR c.span_end > length(v.text) AS no_span,
         NOT EXISTS (SELECT 1 FROM capture k WHERE k.version_n = v.n) AS no_file,
         NOT EXISTS (SELECT 1 FROM claim_revision w WHERE w.claim_n = c.n) AS no_version,
         -- Vendor, press and court differ, and nothing in the text says which it is.
         p.kind = 'report_passage' AS no_grade
  FROM claim c
  JOIN record r ON r.n = c.record_n AND r.kind <> 'superseded'
  JOIN post_version v ON v.n = r.version_n
  JOIN post p ON p.n = v.post_n
)
SELECT claim, kind, subject,
       (SELECT json_group_array(what) FROM (
          SELECT 'span' AS what WHERE no_span
          UNION ALL SELECT 'file' WHERE no_file
          UNION ALL SELECT 'version' WHERE no_version
          UNION ALL SELECT 'grade' WHERE no_grade)) AS missing,
       json_array(post) AS evidence
FROM checked
WHERE no_span OR no_file OR no_version OR no_grade
ORDER BY claim
LIMIT :limit
