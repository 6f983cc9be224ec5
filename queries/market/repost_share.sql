-- ---
-- id: market.repost_share
-- version: 1.1.0
-- engine: archive
-- title: {en: Share of copies, zh: 转贴占比}
-- question: {en: How much of the volume of a venue is copy and paste?, zh: 各场所有多少内容是复制粘贴？}
-- tags: [market, venue]
-- params:
--   threshold: {type: float, default: 0.6, min: 0.6, max: 1, help: "least likeness to the first post of a cluster; clusters are made with 0.6"}
--   since: {}
--   until: {}
-- returns:
--   venue: {type: str, key: true}
--   month: {type: str, key: true, help: by UTC}
--   posts: {type: int}
--   clusters: {type: int}
--   repost_share: {type: float, help: 1 - clusters / posts}
--   top_cluster: {type: str, help: the largest}
--   evidence: {type: "list[str]", help: posts of the largest cluster}
-- limit: 500
-- caveats:
--   - en: A copy is counted against what the case holds. Texts whose original lies before collection began, or in places nobody watched, count as originals; the share is a lower bound.
--     zh: 仅以本案材料为准判断是否转贴。原文若发布于采集之前或未监测的场所，则会被计为原创，故此占比为下限。
-- expect:
--   - {params: {}, contains: [{venue: "venue:telegram:1990000101", month: 2024-01}]}
-- ---
WITH seen AS MATERIALIZED (
  SELECT v.id AS venue, strftime('%Y-%m', p.utc, 'unixepoch') AS month, p.id AS post, p.utc,
         coalesce(c.cluster, p.id) AS cluster
  FROM post p
  JOIN venue v ON v.n = p.venue_n
  LEFT JOIN text_cluster c ON c.post_n = p.n AND c.similarity >= :threshold
  WHERE p.kind IN ('message', 'thread_post', 'table_row') AND p.utc IS NOT NULL
    AND (:since IS NULL OR p.utc >= :since) AND (:until IS NULL OR p.utc < :until)
),
sized AS MATERIALIZED (
  SELECT venue, month, cluster, count(*) AS size,
         row_number() OVER (PARTITION BY venue, month ORDER BY count(*) DESC, cluster) AS place
  FROM seen
  GROUP BY venue, month, cluster
),
shown AS MATERIALIZED (
  SELECT * FROM (
    SELECT t.venue, t.month, e.post,
           row_number() OVER (PARTITION BY t.venue, t.month ORDER BY e.utc, e.post) AS early
    FROM seen e
    JOIN (SELECT * FROM sized WHERE place = 1) t
      ON t.venue = e.venue AND t.month = e.month AND t.cluster = e.cluster)
  WHERE early <= 20
)
SELECT s.venue, s.month, sum(s.size) AS posts, count(*) AS clusters,
       1.0 - CAST(count(*) AS REAL) / sum(s.size) AS repost_share,
       max(CASE WHEN s.place = 1 THEN s.cluster END) AS top_cluster,
       (SELECT json_group_array(post) FROM (
          SELECT e.post FROM shown e
          WHERE e.venue = s.venue AND e.month = s.month ORDER BY e.early)) AS evidence
FROM sized s
GROUP BY s.venue, s.month
ORDER BY s.venue, s.month
LIMIT :limit
