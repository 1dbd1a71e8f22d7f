"""The loop: from the ledger to the servers, and what became of it back to the ledger."""
