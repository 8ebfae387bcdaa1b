"""Pages of the outbox: health, the failed-jobs screen, and the demo's mailbox."""
