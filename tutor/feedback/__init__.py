"""What we tell the learner: diagnosis, explanation, and `assess`, which calls all the stages."""
