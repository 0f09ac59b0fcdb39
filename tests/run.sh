#!/usr/bin/env bash
# Everything that has to hold before a change goes in, from formatting to the pages in a browser.
#
# Installs what is missing (Debian and Ubuntu: as root, or with sudo), runs every step even if an
# earlier one failed, and closes with one line: `N passed, N failed`. Needs Rust; knows
# CARGO_TARGET_DIR and CHROMIUM. Names of steps as arguments run those alone, for instance
# `tests/run.sh sample browser`.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly only=("$@")
readonly browser_tests=tests/browser
scratch=$(mktemp -d)
readonly scratch
trap 'rm -rf "$scratch"' EXIT
export CARGO_TERM_COLOR=${CARGO_TERM_COLOR:-never} CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/target}"
export PUPPETEER_SKIP_DOWNLOAD=1 PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1

passed=0
failed=()

# step NAME HEADING FUNCTION: runs it on its own, so that a failure inside it ends the step alone.
step() {
  local name=$1 heading=$2 begun=$SECONDS status=0
  shift 2
  if ((${#only[@]})) && [[ " ${only[*]} " != *" $name "* ]]; then
    return
  fi
  printf '\n== %s: %s\n' "$name" "$heading"
  # `set -e` does not hold in a command whose failure is caught: hence a shell of its own.
  set +e
  (set -e && "$@")
  status=$?
  set -e
  if ((status == 0)); then
    passed=$((passed + 1))
    printf -- '-- %s passed (%d s)\n' "$name" $((SECONDS - begun))
  else
    failed+=("$name")
    printf -- '-- %s FAILED (%d s)\n' "$name" $((SECONDS - begun))
  fi
}

as_root() {
  if ((EUID == 0)); then "$@"; else sudo "$@"; fi
}

has_chinese_font() { fc-list :lang=zh-cn family 2>/dev/null | grep -q .; }

install_missing() {
  local packages=()
  if [[ -z ${CHROMIUM:-} ]] && ! command -v chromium chromium-browser google-chrome >/dev/null; then
    packages+=(chromium)
  fi
  has_chinese_font || packages+=(fonts-noto-cjk fontconfig)
  command -v xmllint >/dev/null || packages+=(libxml2-utils)
  command -v java >/dev/null || packages+=(default-jre-headless)
  command -v node >/dev/null || packages+=(nodejs)
  command -v npm >/dev/null || packages+=(npm)
  if ((${#packages[@]})); then
    echo "installing ${packages[*]}"
    as_root apt-get update -qq
    DEBIAN_FRONTEND=noninteractive as_root apt-get install -qq -y --no-install-recommends "${packages[@]}" >/dev/null
  fi
  # Without its scripts no package can fetch anything more.
  npm ci --prefix "$browser_tests" --ignore-scripts --no-audit --no-fund --loglevel=error
  node --version
}

lint() { cargo clippy --quiet --locked --all-targets -- -D warnings; }

document() { RUSTDOCFLAGS="-D warnings" cargo doc --quiet --locked --no-deps --document-private-items; }

# The program as `cargo run` would call it.
mingwen() { "$CARGO_TARGET_DIR/debug/mingwen" "$@"; }

build_sample() {
  cargo build --quiet --locked
  mingwen build --output "$scratch/site"
  mingwen build --quiet --output "$scratch/again"
  diff -r "$scratch/site" "$scratch/again"
  # Another place, one thread, and files that were written in another order.
  mkdir -p "$scratch/else where/检出"
  git ls-files -z --cached --others --exclude-standard -- site.yaml content themes \
    | sort -rz | xargs -0 cp --parents -t "$scratch/else where/检出"
  RAYON_NUM_THREADS=1 mingwen build --quiet --root "$scratch/else where/检出" --output "$scratch/third"
  diff -r "$scratch/site" "$scratch/third"
  mingwen build --quiet --base-url https://example.org/some-repo/ --output "$scratch/published"
  # The same report in the other theme, and with a look of its own.
  local report
  for report in institution changed; do
    mkdir -p "$scratch/$report"
    cp -r site.yaml content "$scratch/$report/"
  done
  echo 'theme: institution' >> "$scratch/institution/site.yaml"
  cat tests/browser/appearance.yaml >> "$scratch/changed/site.yaml"
  cp tests/browser/logo.svg "$scratch/changed/content/"
  mingwen build --quiet --root "$scratch/institution" --output "$scratch/institution/site"
  mingwen build --quiet --root "$scratch/changed" --output "$scratch/changed/site"
  echo "$(find "$scratch/site" -name '*.html' | wc -l) pages, three builds of the same bytes"
}

need_site() {
  if [[ ! -f $scratch/published/index.html ]]; then
    echo "the sample was not built"
    return 1
  fi
}

validate_html() {
  need_site
  local status=0
  # A page in a folder has no origin, so that the validator takes `'self'` for nothing at all.
  local vnu=(java -Xss4m -jar "$browser_tests/node_modules/vnu-jar/build/dist/vnu.jar"
    --filterpattern '.*Content Security Policy.*')
  MINGWEN_SITE="$scratch/site" node "$browser_tests/validate.js" "$scratch/site" "$scratch/published" || status=1
  "${vnu[@]}" --skip-non-html "$scratch/site" "$scratch/published" || status=1
  find "$scratch/site" -name '*.svg' -print0 | xargs -0 -r "${vnu[@]}" --svg || status=1
  return $status
}

validate_xml() {
  need_site
  find "$scratch/published" \( -name '*.svg' -o -name '*.xml' \) -print0 | sort -z | xargs -0 xmllint --noout --nonet
  test -f "$scratch/published/sitemap.xml"
}

browse() {
  need_site
  node "$browser_tests/search-speed.js"
  MINGWEN_SITE="$scratch/site" MINGWEN_PUBLISHED_SITE="$scratch/published" \
  MINGWEN_INSTITUTION_SITE="$scratch/institution/site" MINGWEN_CHANGED_SITE="$scratch/changed/site" \
    node --test --test-reporter=spec "$browser_tests"/*.test.js
}

marks() {
  need_site
  MINGWEN_SITE="$scratch/site" node "$browser_tests/lighthouse.js"
}

# In a function, so that the shell has read all of it before it begins: a person may edit meanwhile.
main() {
  step tools "what the tests need" install_missing
  step format "rustfmt" cargo fmt --check
  step lint "clippy, every warning an error" lint
  step test "cargo test" cargo test --quiet --locked
  step docs "rustdoc, every warning an error" document
  step harm "sound text in nine languages, and source code, through repair" tests/never_harm.sh
  step sample "the sample, three times, byte for byte" build_sample
  step html "html-validate and the Nu validator" validate_html
  step xml "xmllint" validate_xml
  step browser "pages in Chromium" browse
  step lighthouse "full marks in Lighthouse" marks

  printf '\n'
  if ((${#failed[@]})); then
    echo "failed: ${failed[*]}"
  fi
  echo "$passed passed, ${#failed[@]} failed"
  ((${#failed[@]} == 0))
}

main
