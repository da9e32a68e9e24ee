"""What the server does before its first visitor comes."""

import gc

from flask import Flask

from visitplanner.server import warm_up


def test_every_page_is_compiled_and_what_is_loaded_stays(app: Flask) -> None:
    before = gc.get_freeze_count()
    try:
        warm_up(app)
        compiled = {name for _, name in app.jinja_env.cache or {}}
        assert gc.get_freeze_count() > before
    finally:
        gc.unfreeze()
    pages = {name for name in app.jinja_env.list_templates() if name.endswith(".html")}
    assert {name for name in pages - compiled if not name.startswith("pdf/")} == set()
    assert len(compiled) > 100
