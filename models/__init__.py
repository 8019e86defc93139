"""The court: everything that is true with no screen and no timer. Dashboard, scheduler and seed data stand on it."""
