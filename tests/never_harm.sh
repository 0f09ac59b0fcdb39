#!/usr/bin/env bash
# Repair leaves sound text alone: more than a million characters in each of nine languages, and of
# source code, with no line changed.
#
# The texts are those of LibreOffice's help in Debian, and the sources of the crates that this
# project is built from. They are fetched once and kept in the target folder, or in a folder given
# as argument; delete it to fetch them again. Needs apt-get (Debian, Ubuntu), dpkg-deb and, the
# first time, a network. Texts that can't be had are a failure, not a pass: the line says which.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly languages=(zh-cn zh-tw ja ko en-us fr de ru vi)
readonly target=${CARGO_TARGET_DIR:-target}
readonly texts=${1:-$target/sound-texts}
readonly enough=1000000
scratch=$(mktemp -d)
readonly scratch
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$texts"

fetch() { (cd "$scratch" && apt-get download -qq "libreoffice-help-$1" 2>>"$scratch/apt.log"); }

# Lists of packages may be missing, or older than the packages.
refresh() {
  if ((EUID == 0)); then apt-get update -qq; else sudo -n apt-get update -qq; fi 2>>"$scratch/apt.log"
}

for language in "${languages[@]}"; do
  text=$texts/$language.txt
  [[ -s $text ]] && continue
  if ! fetch "$language" && ! { refresh && fetch "$language"; }; then
    echo "no text in $language: apt-get can't download libreoffice-help-$language, so that nothing is shown"
    echo "needed are Debian or Ubuntu and a network, or texts of your own: $texts/$language.txt, a paragraph a line"
    tail -n 3 "$scratch/apt.log"
    exit 1
  fi
  dpkg-deb -x "$scratch"/libreoffice-help-"$language"_*.deb "$scratch/$language"
  # One paragraph a line; entities stay: they are not damage either.
  find "$scratch/$language" -name '*.html' -print0 | LC_ALL=C sort -z | xargs -0 cat \
    | sed -E 's/<[^>]*>/\n/g' | LC_ALL=C sort -u >"$scratch/text"
  mv "$scratch/text" "$text"
done

if [[ ! -s $texts/source-code.txt ]]; then
  find "${CARGO_HOME:-$HOME/.cargo}/registry/src" -name '*.rs' -size -200k -print0 \
    | LC_ALL=C sort -z | xargs -0 cat >"$scratch/text"
  mv "$scratch/text" "$texts/source-code.txt"
fi

cargo build --quiet --locked
"$target/debug/mingwen" evaluate --sound "$texts"/*.txt | tee "$scratch/result"
awk -v enough="$enough" '
  $2 < enough { print $1 " only " $2 " characters: too few to show anything"; few++ }
  END { exit few > 0 || NR == 0 }' "$scratch/result"
