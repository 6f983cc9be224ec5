-- ---
-- id: qa.redaction_leaks
-- version: 1.2.0
-- engine: archive
-- title: {en: Identifiers left unmasked, zh: 未打码的个人标识}
-- question:
--   en: Does any stored text still hold an identity or card number?
--   zh: 已存文本中是否仍有身份证号或银行卡号？
-- tags: [quality, masking]
-- params:
--   profile:
--     type: str
--     default: strict
--     choices: [strict, table]
--     help: "strict: numbers whose structure gives them away; table: also what masking would take out of posts today"
-- returns:
--   object: {type: str, key: true}
--   part: {type: str, key: true, help: which text of it}
--   pattern: {type: str, key: true}
--   count: {type: int}
-- evidence: none
-- limit: 1000
-- caveats:
--   - en: Only numbers whose structure gives them away are found; a name or an address is not.
--     zh: 只能发现结构可辨的号码，姓名与地址无法据此发现。
--   - en: A number that an analyst decided to be a contact of the deal is none; the words of decisions are searched too.
--     zh: 经分析员判定为交易联系方式的号码不计在内；判定的文字同样受检。
-- expect:
--   - {params: {}, rows: 0}
-- ---
WITH texts AS (
  SELECT p.id AS object, 'text' AS part, t.text
  FROM post_version t JOIN post p ON p.n = t.post_n
  UNION ALL SELECT id, 'heading', heading FROM post WHERE heading <> ''
  UNION ALL SELECT id, 'sender', sender FROM post WHERE sender IS NOT NULL
  UNION ALL SELECT id, 'forwarded name', forwarded_name FROM post WHERE forwarded_name IS NOT NULL
  UNION ALL SELECT id, 'members', members FROM post WHERE members IS NOT NULL
  UNION ALL SELECT p.id, 'media', m.name FROM media m JOIN post p ON p.n = m.post_n
  UNION ALL SELECT id, 'name', name FROM venue
  UNION ALL SELECT v.id, 'earlier name', n.name FROM venue_name n JOIN venue v ON v.n = n.venue_n
  UNION ALL SELECT id, 'name in a file', name FROM named
  UNION ALL SELECT id, 'path', path FROM file
  UNION ALL SELECT id, 'origin', origin FROM file WHERE origin IS NOT NULL
  UNION ALL SELECT id, 'collection', coalesce(operator, '') || char(10)
    || coalesce(received_from, '') || char(10) || coalesce(legal_basis, '') || char(10)
    || coalesce(purpose, '')
  FROM run
  UNION ALL SELECT f.id, 'problem', q.reason FROM problem q JOIN file f ON f.n = q.file_n
  UNION ALL SELECT r.id, 'set aside', a.name FROM aside a JOIN run r ON r.n = a.run_n
  UNION ALL SELECT id, 'record', body FROM record
  UNION ALL SELECT p.id, 'mention', m.value FROM mention m JOIN post p ON p.n = m.post_n
  UNION ALL SELECT id, 'claim', code FROM claim
  UNION ALL SELECT id, 'decision', value FROM decision
  UNION ALL SELECT id, 'reason', reason FROM decision
  -- A hash is no text, though digits may stand in a row in it.
  UNION ALL SELECT 'audit:' || a.n, 'audit', d.value
  FROM audit a, json_each(a.detail) d WHERE d.type = 'text' AND d.value GLOB '*[^0-9a-f]*'
)
SELECT object, part, found.value AS pattern, count(*) AS count
FROM texts, json_each(leaks(text, CASE part WHEN 'text' THEN :profile ELSE 'strict' END)) AS found
GROUP BY object, part, pattern
ORDER BY object, part, pattern
LIMIT :limit
