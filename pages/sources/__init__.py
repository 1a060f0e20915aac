"""The page on sources and downloads."""
