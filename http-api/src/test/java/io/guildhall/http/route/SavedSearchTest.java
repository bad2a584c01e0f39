package io.guildhall.http.route;

import static io.guildhall.domain.account.Role.CLIENT;
import static io.guildhall.domain.account.Role.FREELANCER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.guildhall.domain.savedsearch.SavedSearches;
import io.guildhall.domain.savedsearch.SearchCriteria.Kind;
import io.guildhall.http.TestClient;
import io.guildhall.http.endpoint.Query;
import io.guildhall.http.route.BodyGenerator.Presence;
import io.guildhall.http.route.savedsearch.SavedSearchFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SavedSearchTest {
    private static final String ALL = "/api/saved-searches";
    private static final String TEMPLATE =
            "{\"name\": \"%s\", \"kind\": \"GIG\", \"text\": \" a logo \", \"filter\": {\"skills\": [\"svg\"]%s}, \"alerts\": true}";
    private static final String LOGO_SEARCH = TEMPLATE.formatted("Logos", "");

    private final TestServer server = new TestServer();

    @AfterAll
    void close() {
        server.close();
    }

    private TestClient newUser() {
        return server.as(FREELANCER, TestServer.newId("acc"));
    }

    private static String path(JsonNode search) {
        return ALL + "/" + search.path("id").asText();
    }

    @Test
    void savesReadsEditsAndDeletes() {
        var ada = newUser();
        var saved = ada.post(ALL, TEMPLATE.formatted("Logos", """
                , "category": "design", "currency": "USD", "priceAtMost": 20000, "deliveryDays": 7""")).is(201).json();
        assertThat(saved.path("text").asText()).isEqualTo("a logo");
        assertThat(saved.at("/filter/priceAtMost").asLong()).isEqualTo(20_000);
        assertThat(ada.get(path(saved)).is(200).json()).isEqualTo(saved);
        assertThat(ada.get(ALL).is(200).json().path("items")).containsExactly(saved);

        var changed =
                ada.put(path(saved), TEMPLATE.formatted("Signs", "")).is(200).json();
        assertThat(changed.path("name").asText()).isEqualTo("Signs");
        assertThat(changed.path("filter").has("priceAtMost")).isFalse();
        assertThat(ada.put(path(saved), TEMPLATE.formatted("Signs", "")).is(200).json())
                .isEqualTo(changed);

        ada.delete(path(saved)).is(204);
        ada.delete(path(saved)).is(204);
        ada.get(path(saved)).is(404, "not-found");
        ada.put(path(saved), LOGO_SEARCH).is(404, "not-found");
        assertThat(ada.get(ALL).json().path("items")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void returnsEveryFieldAsItWasSent(long seed) throws Exception {
        var presence = seed == 1 ? Presence.ALL : Presence.RANDOM;
        var body = new BodyGenerator(seed, presence).generate(SavedSearchFields.class);
        body.withObject("/filter")
                .put("currency", "USD")
                .put("priceAtLeast", seed)
                .put("priceAtMost", seed + 1)
                .retain(filtersOf(Kind.valueOf(body.path("kind").asText())));
        var ada = newUser();
        var saved = ada.post(ALL, body.toString()).is(201).json();
        // No skills are returned as an empty list.
        if (!body.at("/filter").has("skills")) body.withObject("/filter").putArray("skills");
        assertThat(fields(saved)).isEqualTo(new ObjectMapper().readTree(body.toString()));
        assertThat(ada.put(path(saved), body.toString()).is(200).json()).isEqualTo(saved);
    }

    private static JsonNode fields(JsonNode search) {
        return ((ObjectNode) search.deepCopy()).without("id");
    }

    @Test
    void otherAccountsCannotReadOrEdit() {
        var saved = newUser().post(ALL, LOGO_SEARCH).is(201).json();
        var other = server.as(CLIENT, TestServer.newId("acc"));
        other.get(path(saved)).is(404, "not-found");
        other.put(path(saved), LOGO_SEARCH).is(404, "not-found");
        other.delete(path(saved)).is(204);
        assertThat(other.get(ALL).json().path("items")).isEmpty();
    }

    @Test
    void limitsTheNumberOfSavedSearches() {
        var ada = newUser();
        for (int i = 0; i < SavedSearches.MAX; i++) ada.post(ALL, LOGO_SEARCH).is(201);
        ada.post(ALL, LOGO_SEARCH).is(409, "too-many-searches");
        assertThat(ada.get(ALL).json().path("items")).hasSize(SavedSearches.MAX);
    }

    @Test
    void repeatedRequestSavesOnce() {
        var ada = newUser().with("Idempotency-Key", "once");
        var first = ada.post(ALL, LOGO_SEARCH).is(201).json();
        server.forgetStoredResponses();
        assertThat(ada.post(ALL, LOGO_SEARCH).is(201).json()).isEqualTo(first);
        assertThat(ada.get(ALL).json().path("items")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ", \"deliveryDays\": 0",
                ", \"currency\": \"usd\"",
                ", \"currency\": \"KWD\"",
                ", \"category\": \" \"",
                ", \"currency\": \"USD\", \"priceAtLeast\": -1",
                ", \"currency\": \"USD\", \"priceAtMost\": 1000000000000000"
            })
    void rejectsInvalidCriteria(String more) {
        newUser().post(ALL, TEMPLATE.formatted("Logos", more)).is(422, "invalid");
    }

    private static List<String> filtersOf(Kind kind) {
        return FilterFields.queries(kind).map(Query::name).toList();
    }

    @ParameterizedTest
    @EnumSource
    void hasTheFiltersOfASearchOfItsKind(Kind kind) throws Exception {
        var samples = (ObjectNode) new ObjectMapper().readTree("""
                {"category": "design", "skills": ["svg"], "currency": "USD", "priceAtLeast": 1, "priceAtMost": 2,
                 "deliveryDays": 7, "experienceLevel": "EXPERT"}""");
        var template = (ObjectNode) new ObjectMapper().readTree(LOGO_SEARCH);
        template.put("kind", kind.name()).set("filter", samples.deepCopy().retain(filtersOf(kind)));
        newUser().post(ALL, template.toString()).is(201);
        var others =
                new ArrayList<>(samples.propertyStream().map(Map.Entry::getKey).toList());
        others.removeAll(filtersOf(kind));
        assertThat(others).isNotEmpty();
        for (var other : others) {
            var body = template.deepCopy();
            body.withObject("/filter").set(other, samples.get(other));
            var refused = newUser().post(ALL, body.toString()).is(422, "invalid");
            assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo("filter." + other);
        }
    }

    @Test
    void rejectsAPriceWithoutCurrency() {
        var problem = newUser()
                .post(ALL, TEMPLATE.formatted("Logos", ", \"priceAtLeast\": 1"))
                .is(422, "invalid");
        assertThat(problem.json().at("/errors/0/field").asText()).isEqualTo("filter.currency");
    }

    @Test
    void everyPartOfAFilterIsOptional() {
        var saved = newUser()
                .post(
                        ALL,
                        "{\"name\": \"All\", \"kind\": \"JOB\", \"text\": \"logo\", \"filter\": {}, \"alerts\": false}")
                .is(201);
        assertThat(saved.json().at("/filter/skills")).isEmpty();
    }

    /** A search could not express it: there, commas separate skills. */
    @Test
    void rejectsACommaInASkill() {
        var problem = newUser()
                .post(
                        ALL,
                        "{\"name\": \"All\", \"kind\": \"JOB\", \"text\": \"\", \"filter\": {\"skills\": [\"a,b\"]}, \"alerts\": false}")
                .is(422, "invalid");
        assertThat(problem.json().at("/errors/0/field").asText()).isEqualTo("filter.skills[0]");
    }

    @Test
    void rejectsAMinimumPriceAboveTheMaximum() {
        var reversed = ", \"currency\": \"USD\", \"priceAtLeast\": 2, \"priceAtMost\": 1";
        newUser().post(ALL, TEMPLATE.formatted("Logos", reversed)).is(422, "prices-unsound");
    }
}
