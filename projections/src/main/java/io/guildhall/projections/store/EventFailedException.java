package io.guildhall.projections.store;

/** An event could not be handled. Those before it were. */
final class EventFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Envelope event;

    EventFailedException(Envelope event, Throwable cause) {
        super("event " + event.sequence() + " of " + event.kind() + " " + event.entityId(), cause);
        this.event = event;
    }

    Envelope event() {
        return event;
    }
}
