package io.guildhall.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordTest {
    private final TestServer server = new TestServer();

    @AfterAll
    void close() {
        server.close();
    }

    @Test
    void showsEachPartOfTheScore() {
        var id = TestServer.newId("acc");
        server.createProfile(id);
        var record = server.anonymous
                .get("/api/freelancers/" + id + "/record")
                .is(200)
                .json();
        assertThat(record.path("onTime").path("rate").asDouble()).isEqualTo(0.8);
        assertThat(record.path("reviews").path("mean").asDouble()).isEqualTo(4.5);
        assertThat(record.path("score").path("availability").path("value").asDouble())
                .isEqualTo(0.8);
        assertThat(record.path("onTime").has("reason")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "job_1", "acc_", "acc_x'%20OR%20true", "%E2%80%AE", "acc_01kapz3n6h4v2t9c8r5w7x1y0d"})
    void unknownFreelancerIsNotFound(String id) {
        server.anonymous.get("/api/freelancers/" + id + "/record").is(404, "not-found");
    }
}
