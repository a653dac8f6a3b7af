"""What the check writes for programs and for people: pure text out of what was found."""
