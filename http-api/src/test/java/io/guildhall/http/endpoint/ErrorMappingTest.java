package io.guildhall.http.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorMappingTest {
    private static Problem problem(Throwable failure) {
        return ErrorMapping.problem(new CompletionException(failure), "GET /api/pots");
    }

    /** Timeouts of statements and locks, deadlocks, rollbacks, no connection, a disk that is full, a shutdown. */
    @ParameterizedTest
    @ValueSource(strings = {"57014", "55P03", "40P01", "40001", "08006", "53300", "53100", "57P01", "58030"})
    void failuresOfTheDatabaseCanBeRepeated(String sqlState) {
        assertThat(problem(new SQLException("secret", sqlState))).satisfies(ErrorMappingTest::canBeRepeated);
        assertThat(problem(new IllegalStateException("wrapped", new SQLException("secret", sqlState))))
                .satisfies(ErrorMappingTest::canBeRepeated);
    }

    @Test
    void failuresOfOtherServicesCanBeRepeated() {
        assertThat(problem(new TimeoutException("no answer"))).satisfies(ErrorMappingTest::canBeRepeated);
        assertThat(problem(new UncheckedIOException(new IOException("connection reset"))))
                .satisfies(ErrorMappingTest::canBeRepeated);
        assertThat(problem(new RejectedExecutionException("full"))).satisfies(ErrorMappingTest::canBeRepeated);
    }

    private static void canBeRepeated(Problem problem) {
        assertThat(problem.status()).isEqualTo(503);
        assertThat(problem.code()).isEqualTo("outcome-unknown");
        assertThat(problem.retryAfterSeconds()).isPositive();
        assertThat(problem.getMessage()).doesNotContain("secret");
    }

    /** A syntax error, a constraint, a bug. */
    @Test
    void errorsOfTheProgramAreInternal() {
        for (var failure : new Exception[] {
            new SQLException("secret", "42601"),
            new SQLException("secret", "23505"),
            new IllegalStateException("secret")
        }) {
            assertThat(problem(failure).status()).isEqualTo(500);
            assertThat(problem(failure).getMessage()).doesNotContain("secret");
        }
    }
}
