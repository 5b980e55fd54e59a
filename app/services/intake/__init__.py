"""What a determination is begun from: the application and the utilization review decision, read.

Values in, values out: words of pages in, typed values with their places and doubts out. Labels are
matched by their words, never by where they stand; what is not sure is doubted like any reading.
"""
