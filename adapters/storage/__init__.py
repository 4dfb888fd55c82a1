"""The store on SQLite and PostgreSQL: tables, repositories, engines, migrations, export and erasure.

Tests: tests/contracts/store, tests/adapters/storage.
"""
