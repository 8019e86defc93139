"""Small pieces that screens share: each shows something or returns safe markup, and none reads the database."""
