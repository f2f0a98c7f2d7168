"""What an author may state: incident, claim, time expression, quantity. Frozen, extras forbidden."""
