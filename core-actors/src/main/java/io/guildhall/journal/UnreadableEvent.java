package io.guildhall.journal;

import java.util.Optional;

/**
 * Stands for an event in the journal that this version cannot read, such as one of the next version.
 *
 * @param name of the event in the journal
 */
public record UnreadableEvent(String name, String reason) {
    /** Empty if what was read from the journal is an event. */
    static Optional<UnreadableEvent> find(Object read) {
        return switch (read) {
            case UnreadableEvent event -> Optional.of(event);
            case EncryptedPayload payload ->
                Optional.of(new UnreadableEvent(
                        payload.manifest(), "its personal data is encrypted, and the journal plugin has no keys"));
            default -> Optional.empty();
        };
    }
}
