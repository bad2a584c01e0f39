package io.guildhall.projections;

/**
 * Identifies a deadline. It is planned or not; it cannot be planned twice.
 *
 * @param entityId the entity that the handler sends its command to
 * @param number which of the entity's deadlines of this kind; 0 if it has only one at a time
 */
public record DeadlineId(DeadlineKind kind, String entityId, int number) {
    @Override
    public String toString() {
        return kind.name() + "/" + entityId + "/" + number;
    }
}
