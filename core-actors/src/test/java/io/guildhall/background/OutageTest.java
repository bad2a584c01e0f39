package io.guildhall.background;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import java.io.IOException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class OutageTest {
    @Test
    void servicesThatAreAwayOrBusyAreOutages() {
        for (var failure : List.of(
                new TimeoutException("no reply"),
                new ConnectException("refused"),
                new IOException("reset"),
                new SQLTransientConnectionException("no connection in time"),
                new SQLException("the pool is closed"),
                new SQLException("terminating connection", "57P01"),
                new SQLException("deadlock detected", "40P01"),
                new SQLException("disk full", "53100"),
                new OutOfMemoryError()))
            assertThat(Outage.isCauseOf(new CompletionException(new ExecutionException(failure))))
                    .as(failure.toString())
                    .isTrue();
    }

    @Test
    void failuresOfTheWorkAreNot() {
        for (var failure : List.of(
                new IllegalStateException("a bug"),
                new NullPointerException(),
                new StackOverflowError(),
                new SQLException("value too long", "22001"),
                new SQLException("duplicate key", "23505"),
                new SQLException("no such column", "42703"),
                new JsonParseException(null, "not JSON")))
            assertThat(Outage.isCauseOf(new CompletionException(failure)))
                    .as(failure.toString())
                    .isFalse();
    }
}
