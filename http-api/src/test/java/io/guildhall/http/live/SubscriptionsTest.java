package io.guildhall.http.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.http.endpoint.Problem;
import io.guildhall.projections.readmodel.live.Channel;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {
    private static final Channel ROOM = Channel.of(Channel.Kind.ROOM, "rm_1");

    @Test
    void onlyAProblemOfTheClientIsLostAccess() {
        assertThat(Subscriptions.isRefused(
                        new CompletionException(new Problem(404, "not-found", "No such room.")), ROOM))
                .isTrue();
        assertThat(Subscriptions.isRefused(new TimeoutException("10 s"), ROOM)).isFalse();
        assertThat(Subscriptions.isRefused(Problem.later(503, "busy", "Later.", 1), ROOM))
                .isFalse();
    }
}
