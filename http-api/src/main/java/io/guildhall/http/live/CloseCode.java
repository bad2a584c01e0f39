package io.guildhall.http.live;

/**
 * The reasons for which the server closes a live connection. The numbers are sent as WebSocket close codes, and never
 * change.
 */
public enum CloseCode {
    /** The client sends the close frame, or the stream of events has ended. */
    NORMAL(1000),
    /** The node stops. Connect again, to another node. */
    GOING_AWAY(1001),
    /** Frames are JSON text, not binary. */
    UNSUPPORTED_DATA(1003),
    /** A frame is larger than allowed. */
    TOO_BIG(1009),
    /**
     * No valid access token or ticket was sent in time, or the token expired and was not renewed. Authenticate again.
     */
    UNAUTHENTICATED(4401),
    /** The account is suspended, or is not the one that the connection was opened for. */
    FORBIDDEN(4403),
    /** The client does not read fast enough. Connect again and resume. */
    SLOW(4408),
    /** Nothing was received from the client for too long. Connect again and resume. */
    NO_HEARTBEAT(4410),
    /**
     * Too many frames in a second, too many connections of the account, or too many connections, of which this one had not
     * authenticated.
     */
    TOO_MANY(4429),
    /** The node cannot check the session at the moment. Connect again and resume. */
    UNAVAILABLE(4503);

    private final int number;

    CloseCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
