package io.guildhall.projections.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SliceRangeTest {
    @Test
    void everySliceIsInOneRange() {
        for (int readers : new int[] {1, 3, 4, 7, 64, 1000, 1024})
            assertThat(SliceRange.split(readers).stream()
                            .flatMapToInt(it -> IntStream.rangeClosed(it.first(), it.last())))
                    .hasSize(SliceRange.SLICES)
                    .isSorted()
                    .doesNotHaveDuplicates();
        assertThat(SliceRange.split(7)).hasSize(7);
        assertThatThrownBy(() -> SliceRange.split(0)).hasMessageContaining("from 1 to 1024");
        assertThatThrownBy(() -> SliceRange.split(1025)).hasMessageContaining("from 1 to 1024");
    }

    /** The function is final: positions are stored by slice. */
    @Test
    void slicesOfEntitiesNeverChange() {
        var journal = new TestJournal();
        assertThat(journal.slice("a")).isEqualTo(293);
        assertThat(journal.text("SELECT journal_slice('account|grüße')")).isEqualTo("306");
        assertThat(journal.text("SELECT count(DISTINCT journal_slice('job|' || i)) FROM generate_series(1, 20000) i"))
                .isEqualTo("1024");
    }
}
