"""The blog: users, posts and comments, from sign-up to upload. ``covet demo`` serves it."""
