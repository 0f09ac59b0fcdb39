mingwen.pairs({"p1":["<p>两种语言写着同一个词。</p>\n","<p>Both languages have the same word.</p>\n"]});
