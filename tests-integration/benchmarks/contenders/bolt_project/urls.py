"""No views of Django's own."""

urlpatterns: list[object] = []
