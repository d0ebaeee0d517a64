"""From the engine's results to what a page shows: shapes and interface words, no fact of their own."""
