"""Pictures: a table of incidents to one HTML page that asks the network for nothing."""
