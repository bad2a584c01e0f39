package io.guildhall.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnalysisTest {
    private static final String PATH = "/api/marketplace/analysis?";
    private final TestServer server = new TestServer();

    @AfterAll
    void close() {
        server.close();
    }

    @Test
    void knownSkillGetsItsCanonicalName() {
        var found = server.anonymous
                .get(PATH + "skill=+Logo+&sampleSize=10&weeks=52")
                .is(200)
                .json();
        assertThat(found.path("skill").asText()).isEqualTo("Logo design");
        assertThat(found.path("suggestions")).isEmpty();
        assertThat(found.has("reason")).isFalse();
        var market = found.path("market");
        assertThat(market.path("relatedSkills")
                        .path("required")
                        .path(0)
                        .path("count")
                        .asInt())
                .isEqualTo(10);
        var week = market.path("trend").path("weeks").path(0);
        assertThat(week.path("jobs").asInt()).isEqualTo(52);
        assertThat(week.has("freelancers")).isFalse();
    }

    @Test
    void appliesDefaults() {
        var market = server.anonymous.get(PATH + "skill=logo").is(200).json().path("market");
        assertThat(market.path("relatedSkills")
                        .path("required")
                        .path(0)
                        .path("count")
                        .asInt())
                .isEqualTo(500);
        assertThat(market.path("trend").path("weeks").path(0).path("jobs").asInt())
                .isEqualTo(12);
    }

    @Test
    void analysesAllSkillsOfAJob() {
        var found = server.anonymous
                .get("/api/marketplace/jobs/" + TestServer.newId("job") + "/analysis?weeks=3")
                .is(200)
                .json();
        assertThat(found.path("skills").path(0).asText()).isEqualTo("Logo design");
        assertThat(found.at("/market/trend/weeks/0/jobs").asInt()).isEqualTo(3);
        server.anonymous.get("/api/marketplace/jobs/acc_1/analysis").is(404, "not-found");
        server.anonymous
                .get("/api/marketplace/jobs/" + TestServer.newId("job") + "/analysis?weeks=0")
                .is(400, "bad-analysis");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zeppelin", "'%20OR%20true%20--", "%25_%7B%7D", "%F0%9F%92%B0", "{a,b}"})
    void explainsWhyThereIsNoAnalysis(String skill) {
        var found = server.anonymous
                .get(PATH + "skill=" + skill.replace("{", "%7B").replace("}", "%7D"))
                .is(200)
                .json();
        assertThat(found.path("suggestions").path(0).asText()).isEqualTo("Logo design");
        assertThat(found.path("reason").asText()).startsWith("No published job");
        assertThat(found.has("market")).isFalse();
        assertThat(found.has("skill")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "skill=",
                "skill=+",
                "sampleSize=10",
                "skill=logo&sampleSize=9",
                "skill=logo&sampleSize=5001",
                "skill=logo&sampleSize=",
                "skill=logo&sampleSize=-10",
                "skill=logo&sampleSize=1e2",
                "skill=logo&sampleSize=99999999999",
                "skill=logo&weeks=0",
                "skill=logo&weeks=53",
                "skill=logo&weeks=%D9%A1",
                "skill=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            })
    void rejectsInvalidParameters(String query) {
        server.anonymous.get(PATH + query).is(400, "bad-analysis");
    }
}
