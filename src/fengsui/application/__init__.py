"""Use cases: may? → decide → record. One function, one transaction, one record each."""
