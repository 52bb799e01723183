"""Every code there is: one function a code, named after it; its docstring is the code's manual page.

The functions are grouped by family. They take places and words and return a `Diagnostic`; deciding that
something is wrong is the business of whoever calls them.
"""
