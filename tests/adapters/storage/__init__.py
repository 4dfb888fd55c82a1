"""What only the real store has: a file, indexes, migrations, freed bytes."""
