"""The case file (案卷): what the plan asked and what happened, in figures and clause by clause. Pure."""
