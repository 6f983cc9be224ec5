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
-- expect:
--   - {params: {}, contains: [{venue: "venue:telegram:1990000101", month: 2024-01}]}
-- ---
WITH seen AS (
  SELECT v.id AS venue, strftime('%Y-%m', p.utc, 'unixepoch') AS month, p.id AS post, p.utc,
         coalesce(c.cluster, p.id) AS cluster
  FROM post p
  JOIN venue v ON v.n = p.venue_n
  LEFT JOIN text_cluster c ON c.post_n = p.n AND c.similarity >= :threshold
  WHERE p.kind IN ('message', 'thread_post', 'table_row') AND p.utc IS NOT NULL
    AND (:since IS NULL OR p.utc >= :since) AND (:until IS NULL OR p.utc < :until)
),
sized AS (
  SELECT venue, month, cluster, count(*) AS size, min(utc) AS first_utc,
         row_number() OVER (PARTITION BY venue, month ORDER BY count(*) DESC, cluster) AS place
  FROM seen
  GROUP BY venue, month, cluster
)
SELECT s.venue, s.month, sum(s.size) AS posts, count(*) AS clusters,
       1.0 - CAST(count(*) AS REAL) / sum(s.size) AS repost_share,
       max(CASE WHEN s.place = 1 THEN s.cluster END) AS top_cluster,
       (SELECT json_group_array(post) FROM (
          SELECT e.post FROM seen e
          JOIN sized t ON t.place = 1 AND t.venue = e.venue AND t.month = e.month
            AND t.cluster = e.cluster
          WHERE e.venue = s.venue AND e.month = s.month
          ORDER BY e.utc, e.post LIMIT 20)) AS evidence
FROM sized s
GROUP BY s.venue, s.month
ORDER BY s.venue, s.month
LIMIT :limit
