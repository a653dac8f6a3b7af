"""Response (响应): the incident as a stream of events, decisions as pure functions, obligations by time."""
