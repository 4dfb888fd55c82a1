"""Pages in the browser: the person's (``/me``), the operator's (``/operator``), and signing in.

Nothing here knows the HTTP library: ``bot/cli/web_server.py`` turns its requests into ``RawRequest``. All of
this, and jinja2, is loaded only with ``http.pages``.

- **A page**: an async function from ``Visit`` to ``Answer``, and a ``Page(method, path, run, access)`` in a
  tuple that ``PAGES`` (``pages.py``) includes. The first segment of its path becomes a route by itself.
  ``visit.whose`` is the person, ``visit.operator`` the operator's name; ``path``, ``query`` and ``form`` hold
  the values. ``NotFound`` becomes the page 404, ``BadInput`` 422 with its hint, a bug 500. A ``POST`` comes
  only with a CSRF token (``forms.csrf``) and an ``Origin`` of oO's own; it ends with ``see_other("/me")``.
- **HTML**: ``render(visit, "me/today.html", name=value)``. A template begins with ``{% extends layout %}``.
  Its blocks are ``title``, ``navigation`` and ``main``; ``forms.html`` has macros for buttons. Every value
  is escaped, and no sentence stands in a template.
- **A sentence**: a constant in ``bot/screens/texts_TOPIC.py``; give the module to the template
  (``words=texts_topic``). It is read in the language of the visit. ``make messages``, and translate it.
- **A fragment**: HTMX asks (``visit.is_fragment``), then ``layout`` has only ``main``. A form works without
  scripts first; ``hx-post``, ``hx-target="#main"`` make it faster.
- **CSS, scripts**: files in ``static/``; ``{{ static("oo.css") }}`` is the address. The CSP allows no inline
  style and no inline script.
- **A test**: ``tests/bot/web/browser.py`` has a browser without a server: ``browser = browser_of(world)``,
  ``await browser.sign_in(person)`` or ``sign_in_operator("name")``, ``await browser.get("/me")``, and
  ``await browser.submit("/me/...", field="...")``, which sends the CSRF token. In Chromium: the fixture
  ``page`` of ``tests/servers/browser.py``, and ``expect_no_faults(page)`` with axe-core.

Tests: tests/bot/web.
"""
