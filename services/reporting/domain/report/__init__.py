"""A group's monthly report (月报), clause 三(三)."""
