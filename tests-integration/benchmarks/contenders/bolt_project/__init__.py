"""django-bolt on its own Rust server, as the smallest Django project that ``runbolt`` serves."""
