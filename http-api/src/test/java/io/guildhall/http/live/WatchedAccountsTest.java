package io.guildhall.http.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.port.Presence.Status;
import org.junit.jupiter.api.Test;

class WatchedAccountsTest {
    private final WatchedAccounts<String> watched = new WatchedAccounts<>();

    @Test
    void remembersWhatWasShown() {
        watched.add("ann", "room 1");
        assertThat(watched.remember("ann", Status.UNKNOWN)).isEmpty();
        assertThat(watched.remember("ann", Status.UNKNOWN)).contains(Status.UNKNOWN);
        assertThat(watched.of("ann")).containsExactly("room 1");
        assertThat(watched.all()).containsExactly("ann");
    }

    /** A query of the presence can end after the last subscription. */
    @Test
    void remembersNothingOfAnAccountThatNobodyWatches() {
        watched.add("ann", "room 1");
        watched.add("ann", "room 2");
        watched.remove("ann", "room 1");
        assertThat(watched.remember("ann", Status.UNKNOWN)).isEmpty();
        assertThat(watched.remembered()).isOne();
        watched.remove("ann", "room 2");
        assertThat(watched.remembered()).isZero();
        assertThat(watched.remember("ann", Status.UNKNOWN)).isEmpty();
        assertThat(watched.remembered()).isZero();
        assertThat(watched.contains("ann")).isFalse();
        assertThat(watched.of("ann")).isEmpty();
    }
}
