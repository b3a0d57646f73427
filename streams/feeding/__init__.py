"""The feeder: articles from files, folders and standard input to `news.articles.v1`."""
