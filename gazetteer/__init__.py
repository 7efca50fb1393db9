"""Names: which places a name can mean, and which one it means here."""
