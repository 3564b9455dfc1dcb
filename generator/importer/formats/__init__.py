"""Files as clerks have them, turned into lines of text: plain text, web pages, Word, Excel, PDF.

What a file is, is told by its content. Each reader gives blocks, paragraphs and tables, in printed
order; what makes lines of them is the same for all. Whatever a format forces to be decided or left
out is noted, with the words left out: nothing goes without being named. Nothing is understood here:
what a line means is for the rest of the importer.
"""
