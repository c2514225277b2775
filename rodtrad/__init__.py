"""Rödtråd: the command line, and the pipeline that names every step in order."""
