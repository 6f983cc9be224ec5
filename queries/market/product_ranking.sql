-- ---
-- id: market.product_ranking
-- version: 1.2.0
-- engine: archive
-- title: {en: Products by mentions, zh: 商品提及排名}
-- question: {en: Which products are mentioned most?, zh: 哪些商品被提及最多？}
-- tags: [market, product]
-- params:
--   lexicon_version: {type: str, help: only posts that this lexicon read}
--   venues: {type: "list[str]", complete: Venue.id, help: only these venues}
--   without: {type: "list[str]", complete: Account.id, help: leave out what these accounts post}
--   actors: {type: "list[str]", help: "accounts that a person put together: an account, its actor, the next account"}
--   since: {}
--   until: {}
-- returns:
--   product: {type: str, key: true}
--   posts: {type: int, help: at most one mention a post}
--   clusters: {type: int}
--   sellers: {type: int, help: "accounts that mention it, or the actors behind them"}
--   rank: {type: int, help: by posts}
--   rank_clusters: {type: int}
--   rank_sellers: {type: int}
--   rank_change: {type: int, help: "places gained by posts against as long a time before `since`; empty without since, until and a rank then"}
--   lexicons: {type: int, help: versions of the lexicon that read these posts}
--   first_seen: {type: datetime}
--   last_seen: {type: datetime}
--   evidence: {type: "list[str]"}
-- caveats:
--   - en: Mentions in all posts, chatter too. Counts under two lexicons are two series and are not to be compared.
--     zh: 统计全部帖子（含闲聊）中的提及。不同词表的计数属不同序列，不可比较。
-- expect:
--   - {params: {}, contains: [{product: "product:stock_leads"}, {product: "product:parenting_leads"}]}
-- ---
WITH together AS MATERIALIZED (
  SELECT a.n AS account_n, y.value AS actor
  FROM json_each(:actors) x
  JOIN json_each(:actors) y ON y.key = x.key + 1
  JOIN account a ON a.id = x.value
  WHERE x.key % 2 = 0
),
told AS (
  SELECT m.product, p.id AS post, p.utc, coalesce(g.actor, p.account_n) AS seller,
         c.cluster, r.lexicon
  FROM product_mention m
  JOIN post p ON p.n = m.post_n
  LEFT JOIN text_cluster c ON c.post_n = p.n
  LEFT JOIN together g ON g.account_n = p.account_n
  LEFT JOIN reading r ON r.version_n = p.version_n
  WHERE p.kind IN ('message', 'thread_post', 'table_row')
    AND (:lexicon_version IS NULL OR r.lexicon = :lexicon_version)
    AND (:venues IS NULL OR p.venue_n IN (
      SELECT n FROM venue WHERE id IN (SELECT value FROM json_each(:venues))))
    AND (:without IS NULL OR p.account_n IS NULL OR p.account_n NOT IN (
      SELECT n FROM account WHERE id IN (SELECT value FROM json_each(:without))))
),
earlier AS MATERIALIZED (
  SELECT product, dense_rank() OVER (ORDER BY count(*) DESC) AS rank
  FROM told
  WHERE utc >= :since - (:until - :since) AND utc < :since
  GROUP BY product
),
mentioned AS MATERIALIZED (
  SELECT * FROM told
  WHERE (:since IS NULL OR utc >= :since) AND (:until IS NULL OR utc < :until)
),
summed AS MATERIALIZED (
  SELECT product, count(*) AS posts, count(DISTINCT cluster) + sum(cluster IS NULL) AS clusters,
         count(DISTINCT seller) AS sellers, count(DISTINCT lexicon) AS lexicons,
         min(utc) AS first_utc, max(utc) AS last_utc
  FROM mentioned
  GROUP BY product
),
counted AS MATERIALIZED (
  SELECT *, dense_rank() OVER (ORDER BY posts DESC) AS rank,
         dense_rank() OVER (ORDER BY clusters DESC) AS rank_clusters,
         dense_rank() OVER (ORDER BY sellers DESC) AS rank_sellers
  FROM summed
),
shown AS MATERIALIZED (
  SELECT product, posts FROM counted ORDER BY rank, product LIMIT :limit
),
ends AS MATERIALIZED (
  SELECT product, post, utc
  FROM (
    SELECT product, post, utc, posts,
           row_number() OVER (PARTITION BY product ORDER BY utc, post) AS place
    FROM mentioned JOIN shown USING (product)
  )
  WHERE place <= 10 OR place > posts - 10
)
SELECT product, posts, clusters, sellers, rank, rank_clusters, rank_sellers,
       (SELECT e.rank FROM earlier e WHERE e.product = counted.product) - rank AS rank_change,
       lexicons, utc_text(first_utc) AS first_seen, utc_text(last_utc) AS last_seen,
       (SELECT json_group_array(post) FROM (
          SELECT post FROM ends e WHERE e.product = counted.product
          ORDER BY e.utc, e.post)) AS evidence
FROM counted
ORDER BY rank, product
LIMIT :limit
