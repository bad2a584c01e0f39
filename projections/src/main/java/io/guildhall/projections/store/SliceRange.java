package io.guildhall.projections.store;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A range of slices, whose events one reader of a follower reads. The function {@code journal_slice} of the database
 * assigns each entity to one of {@value #SLICES} slices, numbered from 0.
 */
record SliceRange(int first, int last) {
    static final int SLICES = 1024;
    static final SliceRange ALL = new SliceRange(0, SLICES - 1);

    SliceRange {
        if (first < 0 || last < first || last >= SLICES)
            throw new IllegalArgumentException("no range of slices: " + first + " to " + last);
    }

    /**
     * Divides all slices into ranges of about the same size.
     *
     * @param readers the number of ranges, from 1 to {@value #SLICES}
     */
    static List<SliceRange> split(int readers) {
        if (readers < 1 || readers > SLICES)
            throw new IllegalArgumentException(
                    "the number of readers must be from 1 to " + SLICES + ", not " + readers);
        return IntStream.range(0, readers)
                .mapToObj(i -> new SliceRange(SLICES * i / readers, SLICES * (i + 1) / readers - 1))
                .toList();
    }

    boolean contains(int slice) {
        return first <= slice && slice <= last;
    }

    boolean overlaps(SliceRange other) {
        return first <= other.last && other.first <= last;
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
