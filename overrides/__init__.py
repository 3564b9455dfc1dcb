"""The theme `plansite`: what differs from Material for MkDocs, and the templates of the generated pages."""
