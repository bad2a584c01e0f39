package io.guildhall.http.route;

import static io.guildhall.domain.account.Role.CLIENT;
import static io.guildhall.domain.account.Role.FREELANCER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.domain.savedsearch.SavedSearches;
import io.guildhall.http.TestClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SavedSearchTest {
    private static final String ALL = "/api/saved-searches";
    private static final String TEMPLATE =
            "{\"name\": \"%s\", \"kind\": \"GIG\", \"text\": \" a logo \", \"skills\": [\"svg\"], \"alerts\": true%s}";
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
                , "category": "design", "price": {"currency": "USD", "atMost": 20000}, "deliveryDays": 7""")).is(201).json();
        assertThat(saved.path("text").asText()).isEqualTo("a logo");
        assertThat(saved.path("price").path("atMost").asLong()).isEqualTo(20_000);
        assertThat(ada.get(path(saved)).is(200).json()).isEqualTo(saved);
        assertThat(ada.get(ALL).is(200).json().path("items")).containsExactly(saved);

        var changed =
                ada.put(path(saved), TEMPLATE.formatted("Signs", "")).is(200).json();
        assertThat(changed.path("name").asText()).isEqualTo("Signs");
        assertThat(changed.has("price")).isFalse();
        assertThat(ada.put(path(saved), TEMPLATE.formatted("Signs", "")).is(200).json())
                .isEqualTo(changed);

        ada.delete(path(saved)).is(204);
        ada.delete(path(saved)).is(204);
        ada.get(path(saved)).is(404, "not-found");
        ada.put(path(saved), LOGO_SEARCH).is(404, "not-found");
        assertThat(ada.get(ALL).json().path("items")).isEmpty();
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
                ", \"price\": {\"currency\": \"usd\"}",
                ", \"price\": {\"atLeast\": 1}",
                ", \"price\": {\"currency\": \"USD\", \"atLeast\": -1}",
                ", \"price\": {\"currency\": \"USD\", \"atMost\": 1000000000000000}"
            })
    void rejectsInvalidCriteria(String more) {
        newUser().post(ALL, TEMPLATE.formatted("Logos", more)).is(422, "invalid");
    }

    @Test
    void rejectsAMinimumPriceAboveTheMaximum() {
        var reversed = ", \"price\": {\"currency\": \"USD\", \"atLeast\": 2, \"atMost\": 1}";
        newUser().post(ALL, TEMPLATE.formatted("Logos", reversed)).is(422, "prices-unsound");
    }
}
