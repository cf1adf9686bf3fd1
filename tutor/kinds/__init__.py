"""What each kind of exercise asks for, cell by cell; one file a kind."""
