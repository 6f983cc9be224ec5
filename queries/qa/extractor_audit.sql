-- ---
-- id: qa.extractor_audit
-- version: 1.0.0
-- engine: archive
-- title: {en: Sample of readings to check, zh: 抽样复核识别结果}
-- question:
--   en: How good are the readings, by a random sample that people judge blind?
--   zh: 随机抽样、盲审之下，识别结果有多准？
-- tags: [quality, sample]
-- params:
--   n: {type: int, default: 100, min: 1, max: 100000, help: size of the sample}
--   strata:
--     type: "list[str]"
--     default: [slot, venue, mark]
--     choices: [slot, venue, mark]
--     help: "what the sample is spread over; mark: whether the term has a published source"
--   seed: {type: int, default: 1, help: the same seed gives the same sample}
-- returns:
--   field: {type: str, key: true, help: slot}
--   sampled: {type: int}
--   n: {type: int, help: "judged, by `correct LISTING` with --confirm, --set or --reject"}
--   precision: {type: float, help: "right, of those judged"}
--   interval_low: {type: float, help: "95 %, Wilson"}
--   interval_high: {type: float}
--   m_term_precision: {type: float, help: of terms without a published source}
--   to_judge: {type: "list[str]", help: listings of the sample that nobody judged}
-- evidence: none
-- caveats:
--   - en: Blind means to read the post before its reading. What was missed cannot be seen in a sample of what was found.
--     zh: 盲审即先读原帖、后看识别结果。抽样只及已识别者，遗漏无从得见。
--   - en: Each stratum gives its share of the sample, so that the precision is that of all readings.
--     zh: 各层按比例抽取，故精确率代表全部识别结果。
-- expect:
--   - {params: {n: 40}, contains: [{field: product, n: 0, precision: null}]}
-- ---
WITH claimed AS (
  SELECT c.id, c.kind, c.subject, c.span_start,
         CASE WHEN EXISTS (SELECT 1 FROM json_each(:strata) WHERE value = 'venue')
           THEN coalesce(p.venue_n, 0) ELSE 0 END AS venue,
         term_mark(substr(v.text, c.span_start + 1, c.span_end - c.span_start)) AS mark
  FROM claim c
  JOIN record r ON r.n = c.record_n AND r.kind = 'listing'
  JOIN post_version v ON v.n = r.version_n
  JOIN post p ON p.n = v.post_n
  WHERE c.span_end > c.span_start
    AND c.kind IN ('product', 'source', 'method', 'quantity', 'price', 'contact', 'escrow', 'role')
    AND EXISTS (SELECT 1 FROM claim_revision w WHERE w.claim_n = c.n AND w.extractor <> 'analyst')
),
layered AS (
  SELECT *,
         CASE WHEN EXISTS (SELECT 1 FROM json_each(:strata) WHERE value = 'slot')
           THEN kind ELSE '' END AS slot_stratum,
         CASE WHEN EXISTS (SELECT 1 FROM json_each(:strata) WHERE value = 'mark')
           THEN mark ELSE '' END AS mark_stratum,
         shuffled(:seed, id) AS chance
  FROM claimed
),
placed AS (
  SELECT *,
         (row_number() OVER (PARTITION BY slot_stratum, venue, mark_stratum ORDER BY chance, id)
           - 0.5) / count(*) OVER (PARTITION BY slot_stratum, venue, mark_stratum) AS place
  FROM layered
),
sampled AS (
  SELECT kind, subject, mark, verdict(subject, kind, span_start) AS verdict
  FROM placed
  ORDER BY place, chance, id
  LIMIT :n
)
SELECT kind AS field, count(*) AS sampled, count(verdict) AS n, avg(verdict) AS precision,
       wilson(coalesce(sum(verdict), 0), count(verdict), -1) AS interval_low,
       wilson(coalesce(sum(verdict), 0), count(verdict), 1) AS interval_high,
       avg(CASE WHEN mark = 'M' THEN verdict END) AS m_term_precision,
       (SELECT json_group_array(subject) FROM (
          SELECT DISTINCT subject FROM sampled o
          WHERE o.kind = s.kind AND o.verdict IS NULL ORDER BY subject)) AS to_judge
FROM sampled s
GROUP BY kind
ORDER BY field
LIMIT :limit
