"""The store on SQLite: tables, repositories, engines, migrations, export and erasure.

Tests: tests/contracts/store, tests/adapters/storage.
"""
