package io.guildhall.projections.store;

import java.util.Map;
import java.util.Set;

/**
 * The locks that limit how far the journal can be read, as they were after a snapshot had been taken.
 *
 * @param holders the holder of the lock on each transaction id, by the low 32 bits of the id. A holder is a transaction
 *     before it has an id.
 * @param writers the holders of the journal's lock for writing
 */
record Locks(Map<Long, String> holders, Set<String> writers) {
    private static final long LOW_BITS = 0xFFFF_FFFFL;

    static final Locks NONE = new Locks(Map.of(), Set.of());

    Locks {
        holders = Map.copyOf(holders);
        writers = Set.copyOf(writers);
    }

    /**
     * Returns a transaction id. Every event of an earlier transaction is visible to each snapshot that is taken from
     * now on, and no further one will be written.
     *
     * <p>It is the lowest id of a running transaction that writes events or whose holder is not known. A transaction
     * that writes events locks the journal before it has an id, and locks its id only after it has been assigned. So an
     * id without a lock belongs to any kind of transaction: one that locks it in the next moment, or one that has ended
     * since the snapshot. A transaction that has locked its id but not the journal writes no events.
     */
    long horizon(Snapshot snapshot) {
        long horizon = snapshot.next();
        for (long id : snapshot.running()) if (id < horizon && mayWriteEvents(id)) horizon = id;
        return horizon;
    }

    private boolean mayWriteEvents(long id) {
        var holder = holders.get(id & LOW_BITS);
        return holder == null || writers.contains(holder);
    }
}
