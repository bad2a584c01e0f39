package io.guildhall.kernel;

/** An event cannot be applied to the state: the journal and the code do not match. */
public final class CorruptJournalException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public CorruptJournalException(Object state, Object event) {
        super("event " + event + " does not apply to state " + state);
    }
}
