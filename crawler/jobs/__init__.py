"""Crawling past one machine: one portal is one job in a queue that lives beside the store on a PostgreSQL server.

Workers on any machine take jobs, each crawls one portal at a time into the same store. No two crawl one host at once;
the job of a worker that was killed is taken up by another one.
"""
