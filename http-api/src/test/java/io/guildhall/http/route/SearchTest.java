package io.guildhall.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.account.Role;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchTest {
    private final TestServer server = new TestServer();

    @AfterAll
    void close() {
        server.close();
    }

    @Test
    void resultsExplainTheirRelevance() {
        var found = server.anonymous.get("/api/jobs/search?q=a+logo").is(200).json();
        var first = found.path("items").path(0);
        assertThat(first.path("job").path("id").asText()).isEqualTo("job_1");
        assertThat(first.path("relevance").path("similarity").asDouble()).isEqualTo(0.9);
        assertThat(first.path("relevance")
                        .path("skills")
                        .path("missing")
                        .path(0)
                        .asText())
                .isEqualTo("Chess");
        assertThat(found.path("info").has("hint")).isFalse();
        assertThat(found.path("info").has("correctedText")).isFalse();
        assertThat(found.path("info").path("facets").path("documents").asInt()).isOne();
        assertThat(found.path("next").asText()).isEqualTo("more");
    }

    @Test
    void showsTheCorrectedText() {
        var found = server.anonymous.get("/api/jobs/search?q=a+lgo").is(200).json();
        assertThat(found.path("info").path("correctedText").asText()).isEqualTo("a logo");
    }

    @Test
    void saysThatOnlyWordsWereComparedWhileNoModelIsAvailable() {
        var info =
                server.anonymous.get("/api/jobs/search?q=outage").is(200).json().path("info");
        assertThat(info.path("degraded").asBoolean()).isTrue();
        assertThat(info.path("semantic").asBoolean()).isFalse();
    }

    @Test
    void searchByWordsIsNeverDegraded() {
        for (var query : List.of("q=outage&mode=LEXICAL", "q=logo", "q=+")) {
            var info = server.anonymous
                    .get("/api/jobs/search?" + query)
                    .is(200)
                    .json()
                    .path("info");
            assertThat(info.path("degraded").asBoolean(true)).isFalse();
        }
    }

    @Test
    void listingHasNoRelevance() {
        var found = server.anonymous.get("/api/freelancers/search?q=+").is(200).json();
        assertThat(found.path("items")
                        .path(0)
                        .path("freelancer")
                        .path("user")
                        .path("name")
                        .asText())
                .isEqualTo("Name of acc_2");
        assertThat(found.path("items").path(0).has("relevance")).isFalse();
    }

    @Test
    void emptyResultHasAHint() {
        var found = server.anonymous.get("/api/jobs/search?q=xyzzy").is(200).json();
        assertThat(found.path("items")).isEmpty();
        assertThat(found.path("info").path("hint").asText())
                .contains("No results")
                .doesNotContain("filter");
        var filtered =
                server.anonymous.get("/api/jobs/search?q=xyzzy&category=design").is(200);
        assertThat(filtered.json().path("info").path("hint").asText()).endsWith("or remove a filter.");
    }

    @Test
    void saysWhatIsWrongWithAFilter() {
        assertThat(detail("currency=KWD")).isEqualTo("currency must be one of USD, EUR, GBP, CHF, JPY.");
        assertThat(detail("currency=USD&priceAtLeast=2&priceAtMost=1"))
                .isEqualTo("priceAtLeast must not be greater than priceAtMost.");
        assertThat(detail("skills=,,")).startsWith("skills must be a list of at most 10 texts of 1 to ");
        assertThat(detail("category="))
                .isEqualTo(
                        "category must be one line of 1 to 60 characters, without marks that change the direction of text.");
        server.anonymous
                .get("/api/jobs/search?currency=USD&priceAtLeast=2&priceAtMost=2")
                .is(200);
    }

    private String detail(String query) {
        return server.anonymous
                .get("/api/jobs/search?" + query)
                .json()
                .path("detail")
                .asText();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mode=MAGIC",
                "mode=",
                "facets=yes",
                "skills=a,b,c,d,e,f,g,h,i,j,k",
                "currency=usd",
                "currency=%F0%9F%92%B0",
                "priceAtLeast=1",
                "currency=KWD",
                "currency=USD&priceAtLeast=2&priceAtMost=1",
                "skills=",
                "skills=,,",
                "currency=USD&priceAtMost=1.5",
                "currency=USD&priceAtMost=-1",
                "currency=USD&priceAtLeast=9999999999999999999"
            })
    void rejectsInvalidFilters(String query) {
        server.anonymous.get("/api/jobs/search?" + query).is(400, "bad-filter");
    }

    @Test
    void rejectsAnOverlongText() {
        server.anonymous.get("/api/jobs/search?q=" + "word+".repeat(10_000)).is(400, "bad-query");
    }

    @Test
    void acceptsAnyPlainText() {
        for (var odd :
                new String[] {"%F0%9F%8E%B9", "a", "';DROP+TABLE+job;--", "%D0%BB%D0%BE%D0%B3%D0%BE", "%3C%3D%3E%26%7C!"
                }) server.anonymous.get("/api/jobs/search?q=" + odd).is(200);
    }

    @Test
    void matchesRequirePremiumAndExplainTheirScore() {
        var client = TestServer.newId("acc");
        var job = server.publishJob(client);
        server.as(Role.CLIENT, client).get("/api/jobs/" + job + "/matches").is(403, "premium-needed");
        server.premiumAccounts.add(client);
        var best = server.as(Role.CLIENT, client)
                .get("/api/jobs/" + job + "/matches")
                .is(200)
                .json()
                .path("items")
                .path(0);
        assertThat(best.path("score").asDouble())
                .isCloseTo(
                        best.path("meaning").path("contribution").asDouble()
                                + best.path("record").path("contribution").asDouble(),
                        org.assertj.core.api.Assertions.within(2e-4));
        assertThat(best.path("improvements").path(0).path("description").asText())
                .contains("Chess");
        server.execute(Job.AGGREGATE, job, new JobCommand.Close(client, "No money"));
        server.as(Role.CLIENT, client).get("/api/jobs/" + job + "/matches").is(409, "job-not-open");
    }

    @Test
    void mapsTitlesToSkillsOnceTheyAreIndexed() {
        assertThat(server.anonymous
                        .get("/api/marketplace/titles?title=Brand+maker")
                        .is(200)
                        .json()
                        .path("items")
                        .path(0)
                        .path("skill")
                        .asText())
                .isEqualTo("Logo design");
        server.anonymous.get("/api/marketplace/titles?title=early").is(503, "titles-not-learned");
        server.anonymous.get("/api/marketplace/titles?title=+").is(400, "bad-title");
        server.anonymous.get("/api/marketplace/titles?title=" + "x".repeat(121)).is(400, "bad-title");
    }
}
