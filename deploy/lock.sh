#!/bin/sh
# Pins the dependencies again: exact versions with hashes, no address of where they came from.
# `make lock` keeps the versions that are pinned as long as pyproject.toml allows them; `make lock UPGRADE=1` takes the newest.
set -eu
cd "$(dirname "$0")/.."
compile() {
  .venv/bin/pip-compile --quiet ${UPGRADE:+--upgrade} --generate-hashes --allow-unsafe --strip-extras --no-header \
    --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options "$@"
}
compile --output-file requirements/run.txt pyproject.toml
# What the tests need stands on exactly what a server runs; what builds the package, on what the tests have.
compile --extra dev --constraint requirements/run.txt --output-file requirements/dev.txt pyproject.toml
compile --constraint requirements/dev.txt --output-file requirements/build.txt requirements/build.in
