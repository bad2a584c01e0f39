package io.guildhall.kernel;

/** An event that the state cannot have undergone: the journal and the code disagree. */
public final class CorruptJournalException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public CorruptJournalException(Object state, Object event) {
        super(event + " cannot happen to " + state);
    }
}
