package io.guildhall.operate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class OperatorRoutesTest {
    /** What a node in development does with a batch is tested in SeedingTest. */
    @Test
    void refusesDemoDataInProduction() {
        assertThat(OperatorRoutes.seed(Optional.empty(), "{}".getBytes(UTF_8)).toCompletableFuture())
                .isCompletedWithValueMatching(it -> it.status().intValue() == 403);
    }
}
