mingwen.pairs({});
