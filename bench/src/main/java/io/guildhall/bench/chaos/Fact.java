package io.guildhall.bench.chaos;

/**
 * An event in the journal, as far as a client can name it.
 *
 * @param kind of entity
 * @param id of the entity
 * @param name of the event
 */
record Fact(String kind, String id, String name) {
    @Override
    public String toString() {
        return name + " of " + kind + " " + id;
    }
}
