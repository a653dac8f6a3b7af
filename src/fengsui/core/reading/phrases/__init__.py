"""The phrase grammar: figures with bounds, and the facts they speak of."""
