"""Charts as pure functions: worded data in, SVG text out, colours only through classes of the page's style."""
