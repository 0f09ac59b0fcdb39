#!/usr/bin/env bash
# Repair leaves sound text alone: several million characters in nine languages and source code.
#
# The texts are those of LibreOffice's help in Debian, fetched for the test and kept nowhere, and
# the sources of the crates that this project is built from. Each goes through repair; a single
# changed line fails. Needs apt-get and dpkg-deb, no rights. A folder as argument keeps the texts.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly languages=(zh-cn zh-tw ja ko en-us fr de ru vi)
scratch=$(mktemp -d)
readonly scratch
trap 'rm -rf "$scratch"' EXIT
readonly texts=${1:-$scratch/texts}
readonly enough=1000000
mkdir -p "$texts"

for language in "${languages[@]}"; do
  text=$texts/$language.txt
  [[ -s $text ]] && continue
  (cd "$scratch" && apt-get download -qq "libreoffice-help-$language" 2>/dev/null)
  dpkg-deb -x "$scratch"/libreoffice-help-"$language"_*.deb "$scratch/$language"
  # One paragraph a line; entities stay: they are not damage either.
  find "$scratch/$language" -name '*.html' -print0 | LC_ALL=C sort -z | xargs -0 cat \
    | sed -E 's/<[^>]*>/\n/g' | LC_ALL=C sort -u >"$text"
done

readonly crates=${CARGO_HOME:-$HOME/.cargo}/registry/src
find "$crates" -name '*.rs' -size -200k -print0 | LC_ALL=C sort -z | xargs -0 cat >"$texts/source-code.txt"

cargo build --quiet --locked
"${CARGO_TARGET_DIR:-target}/debug/mingwen" evaluate --sound "$texts"/*.txt | tee "$scratch/result"
awk -v enough="$enough" '{ all += $2 } END { print all " characters"; exit all < enough }' "$scratch/result"
