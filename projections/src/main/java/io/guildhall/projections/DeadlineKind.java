package io.guildhall.projections;

/**
 * A kind of deadline, declared as a constant by the process that plans and handles it.
 *
 * @param name stored with each deadline: never changed
 */
public record DeadlineKind(String name) {

    /** The only deadline of this kind that an entity has at a time. */
    public DeadlineId forEntity(String entityId) {
        return new DeadlineId(this, entityId, 0);
    }

    /** @param number which of the entity's deadlines of this kind, such as the attempt of a charge */
    public DeadlineId forEntity(String entityId, int number) {
        return new DeadlineId(this, entityId, number);
    }
}
