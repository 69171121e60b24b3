//! The plain types of a record and their JSON form.
