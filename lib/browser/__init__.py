"""What runs in the browser: JavaScript and style sheets as files, and where they are fetched from."""
