"""Charts as pure functions: worded data in, SVG text out, colours only through the page's classes."""
