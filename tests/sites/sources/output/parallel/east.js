mingwen.pairs({"p3":["<p>东街共有三盏灯。</p>\n","<p>Lamps.</p>\n"]});
