package io.guildhall.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class OperatorRoutesTest {
    @Test
    void aHouseWithoutSeedingTakesNoDemoPeople() {
        var production = new Operations.Parts(null, null, null, null, null, null, Optional.empty());
        assertThat(OperatorRoutes.seed(production, "{}".getBytes()).toCompletableFuture())
                .isCompletedWithValueMatching(it -> it.status().intValue() == 403);
    }

    @Test
    void aHouseWithSeedingReadsWhatItIsSent() {
        var development =
                new Operations.Parts(null, null, null, null, null, null, Optional.of(new Seeding(null, null)));
        assertThat(OperatorRoutes.seed(development, "{}".getBytes()).toCompletableFuture())
                .isCompletedWithValueMatching(it -> it.status().intValue() == 422);
    }
}
