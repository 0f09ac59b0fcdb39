mingwen.pairs({"s1-p1":["<p>Text zh.</p>\n","<p>Text en.</p>\n"]});
