"""The documentation as a static site: one module for each kind of page.

`library` holds what pages are made from, `markdown` and `parts` how things are written, the modules named
for a kind write its pages, `build` puts them together, runs mkdocs and looks for links and outside loads.
"""
