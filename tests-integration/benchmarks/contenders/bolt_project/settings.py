"""Django's settings: nothing but the API."""

SECRET_KEY = "benchmark"
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = ["django_bolt"]
BOLT_API = ["benchmarks.contenders.bolt_project.api:api"]
ROOT_URLCONF = "benchmarks.contenders.bolt_project.urls"
USE_TZ = True
LOGGING = {  # no access log, as for uvicorn
    "version": 1,
    "disable_existing_loggers": False,
    "loggers": {"django.server": {"level": "ERROR"}},
}
