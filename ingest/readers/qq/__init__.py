"""QQ: text exports, `.mht` of the old client, QQ Chat Exporter JSON."""
