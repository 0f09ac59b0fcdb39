mingwen.pairs({"p1":["<p>园区一览。<a href=\"../../parallel/parks/hangzhou.html\">杭州</a></p>\n","<p>A list of parks.</p>\n"]});
