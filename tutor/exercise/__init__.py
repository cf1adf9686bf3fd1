"""What an author wrote: exercises, and the strict reader of their files."""
