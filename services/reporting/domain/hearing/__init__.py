"""A bi-monthly hearing (双月听取汇报), clause 三(一)."""
