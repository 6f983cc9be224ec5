-- ---
-- id: actors.watchlist_hits
-- version: 1.0.0
-- engine: archive
-- title: {en: Hits of a watch list, zh: 关注名单命中}
-- question:
--   en: Which posts touch a name, handle, contact, account or word of a watch list?
--   zh: 哪些帖子涉及关注名单中的名称、昵称、联系方式、账号或词语？
-- tags: [actor, watch]
-- params:
--   list: {type: str, required: true, help: "name of the list; heichan watch list names them"}
--   only_new: {type: bool, default: false, help: only what the last `watch hits` did not show}
-- returns:
--   hit: {type: str, key: true, help: what is watched}
--   post: {type: str, key: true}
--   kind: {type: str, key: true, help: "sender, worn_handle, contact, mention or word"}
--   venue: {type: str}
--   account: {type: str, help: who wrote it}
--   posted_at: {type: datetime}
--   new: {type: bool, help: not in the answer that `watch hits` showed last}
--   evidence: {type: "list[str]"}
-- limit: 500
-- caveats:
--   - en: A handle may be worn by several accounts one after another; the account stands beside each hit.
--     zh: 同一昵称可能先后由不同账号使用，每条命中均注明账号。
--   - en: worn_handle is a post under another name by an account that wore the handle at some time.
--     zh: worn_handle 指曾用该昵称的账号以其他名称所发的帖子。
--   - en: All posts are read, chatter too; those of the collector's own accounts are left out. A list that does not exist has no hits.
--     zh: 检索全部帖子（含闲聊），采集人自己的账号除外；不存在的名单没有命中。
-- expect:
--   - {params: {list: nobody made it}, rows: 0}
--   - case: actors.watch
--     params: {list: main}
--     rows: 10
--     contains:
--       - {hit: "@boss", kind: sender, account: "account:telegram:1", new: true}
--       - {hit: "@boss", kind: worn_handle, account: "account:telegram:1"}
--       - {hit: "@boss", kind: sender, account: "account:telegram:2"}
--       - {hit: "@boss", kind: mention, account: "account:telegram:3"}
--       - {hit: "qq:12345", kind: contact, account: "account:telegram:3"}
--       - {hit: 流量, kind: word, account: "account:telegram:4"}
--       - {hit: 王老板, kind: mention, account: "account:telegram:4"}
--       - {hit: 王老板, kind: sender, account: "account:telegram:5"}
--       - {hit: "account:telegram:4", kind: sender}
--     lacks: [{account: "account:telegram:9"}, {account: "account:telegram:6"}]
--   - case: actors.watch
--     params: {list: main, only_new: true}
--     rows: 9
--     lacks: [{hit: 流量}]
--   - {case: actors.watch, params: {list: other}, rows: 1}
-- ---
SELECT json_extract(h.value, '$[0]') AS hit, p.id AS post, json_extract(h.value, '$[2]') AS kind,
       v.id AS venue, a.id AS account, utc_text(p.utc) AS posted_at,
       json_extract(h.value, '$[3]') AS new, json_array(p.id) AS evidence
FROM json_each(watch_hits(:list)) AS h
JOIN post p ON p.n = json_extract(h.value, '$[1]')
LEFT JOIN venue v ON v.n = p.venue_n
LEFT JOIN account a ON a.n = p.account_n
WHERE NOT :only_new OR json_extract(h.value, '$[3]')
ORDER BY p.utc DESC, hit, post, kind
LIMIT :limit
