package io.guildhall.bench.chaos;

/**
 * Identifies an event of an entity, without its sequence number.
 *
 * @param kind the kind of the entity
 * @param id the entity's id
 * @param name the event's journal name
 */
record EventKey(String kind, String id, String name) {
    @Override
    public String toString() {
        return name + " of " + kind + " " + id;
    }
}
