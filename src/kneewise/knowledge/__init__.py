"""What is known: types (pure), content (files), and load, check, compile – the one impure edge down here."""
