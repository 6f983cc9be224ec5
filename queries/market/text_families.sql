-- ---
-- id: market.text_families
-- version: 1.0.0
-- engine: archive
-- title: {en: Texts by copies, zh: 文本家族}
-- question: {en: "Which texts are posted again and again, by how many, and where were they seen first?", zh: "哪些文本被反复发布？由多少账号、在哪些场所发布，最早见于何处？"}
-- tags: [market, copy]
-- params:
--   min_size: {type: int, default: 2, min: 2, help: least number of posts}
--   min_accounts: {type: int, default: 1, min: 1, help: least number of accounts}
--   since: {help: first day or time; families that were posted then or later}
--   until: {help: last day or time; families that were seen before it}
-- returns:
--   cluster: {type: str, key: true}
--   n_posts: {type: int}
--   accounts: {type: int}
--   venues: {type: int}
--   first_seen: {type: datetime, help: first observed}
--   last_seen: {type: datetime}
--   first_account: {type: str, help: of the first post that was observed}
--   first_venue: {type: str, help: of the first post that was observed}
--   watched_days: {type: int, help: "days from the first message of that venue in the case to that post: the fewer, the likelier it is no original"}
--   undated: {type: int, help: posts without a time; none of them is taken for the first}
--   evidence: {type: "list[str]", help: the earliest posts}
-- limit: 500
-- caveats:
--   - en: First means first in the material of the case. What was posted before collection began, or in places nobody watched, is not known; a first poster is no proven author.
--     zh: “最早”仅指本案材料中的最早。采集开始之前或未监测场所的发布情况不得而知；最早发布者不等于原作者。
-- expect:
--   - {params: {min_accounts: 1000}, rows: 0}
--   - case: market.copied
--     rows: 1
--     contains:
--       - n_posts: 4
--         accounts: 3
--         venues: 2
--         first_account: "account:telegram:b"
--         first_venue: "venue:telegram:1"
--         watched_days: 3
--         undated: 1
--   - {case: market.copied, params: {min_size: 5}, rows: 0}
-- ---
WITH top AS MATERIALIZED (
  SELECT c.cluster, count(*) AS n_posts, count(DISTINCT p.account_n) AS accounts,
         count(DISTINCT p.venue_n) AS venues, min(p.utc) AS first_utc, max(p.utc) AS last_utc,
         count(*) - count(p.utc) AS undated
  FROM text_cluster c
  JOIN post p ON p.n = c.post_n
  GROUP BY c.cluster
  HAVING count(*) >= :min_size AND count(DISTINCT p.account_n) >= :min_accounts
    AND (:since IS NULL OR max(p.utc) >= :since) AND (:until IS NULL OR min(p.utc) < :until)
  ORDER BY count(*) DESC, c.cluster
  LIMIT :limit
),
shown AS MATERIALIZED (
  SELECT * FROM (
    SELECT c.cluster, p.id AS post, p.utc, p.account_n, p.venue_n,
           row_number() OVER (
             PARTITION BY c.cluster ORDER BY p.utc IS NULL, p.utc, p.id) AS early
    FROM text_cluster c
    JOIN top t ON t.cluster = c.cluster
    JOIN post p ON p.n = c.post_n)
  WHERE early <= 20
)
SELECT t.cluster, t.n_posts, t.accounts, t.venues,
       utc_text(t.first_utc) AS first_seen, utc_text(t.last_utc) AS last_seen,
       a.id AS first_account, v.id AS first_venue,
       (t.first_utc - (SELECT min(m.utc) FROM post m WHERE m.venue_n = v.n)) / 86400
         AS watched_days,
       t.undated,
       (SELECT json_group_array(post) FROM (
          SELECT e.post FROM shown e WHERE e.cluster = t.cluster ORDER BY e.early)) AS evidence
FROM top t
LEFT JOIN shown f ON f.cluster = t.cluster AND f.early = 1 AND f.utc IS NOT NULL
LEFT JOIN account a ON a.n = f.account_n
LEFT JOIN venue v ON v.n = f.venue_n
ORDER BY t.n_posts DESC, t.cluster
