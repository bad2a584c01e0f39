package io.guildhall.projections.store;

import java.util.Comparator;

/**
 * A position in the journal: the transaction that wrote an event, and the event's ordering number. Transactions are
 * read in the order of their ids, and only after every earlier one has ended, so no event is ever written before a
 * position that was read.
 */
record Position(long transaction, long ordering) implements Comparable<Position> {
    static final Position START = new Position(0, 0);
    private static final Comparator<Position> ORDER =
            Comparator.comparingLong(Position::transaction).thenComparingLong(Position::ordering);

    static Position parse(String text) {
        int slash = text.indexOf('/');
        return new Position(Long.parseLong(text.substring(0, slash)), Long.parseLong(text.substring(slash + 1)));
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return transaction + "/" + ordering;
    }
}
