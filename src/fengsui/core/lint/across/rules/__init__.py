"""The rules between plans; importing this package registers them all."""
