//! Readable text to a tree of sections, to Markdown with front matter and data.
