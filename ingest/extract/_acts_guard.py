try:
    from ingest.extract.acts import ActRules, read_acts
    ActRules.load()
except Exception:
    class ActRules:  # type: ignore[no-redef]
        @classmethod
        def load(cls): return cls()
    def read_acts(text, normal, listings, rules): return ()  # type: ignore
