// Everything works without this file.
