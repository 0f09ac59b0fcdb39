mingwen.pairs({"p1":["<p>正文</p>\n","<p>Text</p>\n"]});
