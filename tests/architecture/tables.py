"""Django's settings as mypy's plugin wants them, a module to import: which packages have tables, and nothing else."""

from standwith.config.django import APPS

INSTALLED_APPS = list(APPS)
SECRET_KEY = "mypy reads tables, it signs nothing"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
