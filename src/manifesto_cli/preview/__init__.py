"""Watch → rebuild → serve: a site as it will be published, while it is being written."""
