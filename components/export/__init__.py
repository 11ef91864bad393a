"""Charts as files: pictures with all their words, drawn without a reader's browser."""
