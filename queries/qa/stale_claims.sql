-- ---
-- id: qa.stale_claims
-- version: 1.0.0
-- engine: archive
-- title: {en: Claims not seen again, zh: 久未再现的陈述}
-- question: {en: Which claims have not been read again for so many days?, zh: 哪些陈述已有若干天未再出现？}
-- tags: [quality, time]
-- params:
--   days: {type: int, default: 180, min: 0, help: "days before the last post of the case"}
-- returns:
--   claim: {type: str, key: true, help: the first of the statement}
--   kind: {type: str}
--   code: {type: str, help: what is claimed}
--   age_days: {type: int}
--   cited_in: {type: "list[str]", help: decisions in force that name the statement}
--   n_posts: {type: int}
--   first_seen: {type: datetime}
--   last_seen: {type: datetime}
--   evidence: {type: "list[str]"}
-- limit: 1000
-- caveats:
--   - en: Seen again means the same statement in the same text or a copy of it; days without a watch look like silence.
--     zh: “再现”指同一文本或其副本中的同一陈述；未监测的日子也会看似沉寂。
-- expect:
--   - {params: {days: 100000}, rows: 0}
--   - case: qa.stale
--     params: {days: 180}
--     rows: 1
--     contains: [{kind: product, code: "product:loan_leads", age_days: 200, n_posts: 1, cited_in: []}]
--   - {case: qa.stale, params: {days: 10}, rows: 2, contains: [{code: "product:stock_leads", age_days: 20, n_posts: 2}]}
-- ---
WITH newest AS (SELECT max(utc) AS utc FROM post),
said AS MATERIALIZED (
  SELECT coalesce(t.cluster, p.id) AS cluster, c.kind, c.code, p.id AS post, p.utc,
         min(c.id) AS id
  FROM claim c
  JOIN record r ON r.n = c.record_n AND r.kind <> 'superseded'
  JOIN post_version v ON v.n = r.version_n
  JOIN post p ON p.n = v.post_n
  LEFT JOIN text_cluster t ON t.post_n = p.n
  WHERE p.utc IS NOT NULL
  GROUP BY coalesce(t.cluster, p.id), c.kind, c.code, p.id
),
placed AS (
  SELECT *,
         row_number() OVER (PARTITION BY cluster, kind, code ORDER BY utc, post) AS early,
         row_number() OVER (PARTITION BY cluster, kind, code ORDER BY utc DESC, post DESC) AS late
  FROM said
),
stated AS (
  SELECT cluster, kind, code, min(utc) AS first_utc, max(utc) AS last_utc, count(*) AS n_posts,
         max(CASE WHEN early = 1 THEN id END) AS claim,
         -- With the time before it, so that the posts can be put in order again.
         json_group_array(printf('%020d ', utc + 1000000000000) || post)
           FILTER (WHERE early <= 10 OR late <= 10) AS timed
  FROM placed
  GROUP BY cluster, kind, code
  HAVING max(utc) < (SELECT utc FROM newest) - :days * 86400
),
named AS MATERIALIZED (
  SELECT id, value || ' ' || target AS words FROM decision
  WHERE in_force(id) AND (value LIKE '%claim:%' OR target LIKE 'claim:%')
),
cited AS MATERIALIZED (
  SELECT DISTINCT s.cluster, s.kind, s.code, d.id
  FROM named d
  JOIN claim c ON instr(d.words, c.id) > 0
  JOIN record r ON r.n = c.record_n
  JOIN post_version v ON v.n = r.version_n
  JOIN post p ON p.n = v.post_n
  JOIN said s ON s.post = p.id AND s.kind = c.kind AND s.code = c.code
)
SELECT claim, kind, code, ((SELECT utc FROM newest) - last_utc) / 86400 AS age_days,
       (SELECT json_group_array(id) FROM (
          SELECT c.id FROM cited c
          WHERE c.cluster = g.cluster AND c.kind = g.kind AND c.code = g.code
          ORDER BY c.id)) AS cited_in,
       n_posts, utc_text(first_utc) AS first_seen, utc_text(last_utc) AS last_seen,
       (SELECT json_group_array(substr(value, 22)) FROM (
          SELECT value FROM json_each(g.timed) ORDER BY value)) AS evidence
FROM stated g
ORDER BY last_utc, claim
LIMIT :limit
