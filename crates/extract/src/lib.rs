//! From one article to one record: Engine and Worker.
