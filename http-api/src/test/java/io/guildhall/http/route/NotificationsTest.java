package io.guildhall.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.Await;
import io.guildhall.domain.account.Role;
import io.guildhall.http.TestClient;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.server.HttpServer;
import io.guildhall.port.MailKind;
import io.guildhall.port.UnsubscribeTokens.Claim;
import io.guildhall.projections.readmodel.notification.Link;
import io.guildhall.projections.readmodel.room.Counters;
import java.net.URI;
import java.util.stream.StreamSupport;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Preferences of notifications, and marking them as read over REST and live connections. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotificationsTest {
    private static final String PREFERENCES = "/api/me/notification-preferences";

    private final TestServer server = new TestServer();
    private final HttpServer.Binding binding = server.bind();
    private final String account = TestServer.newId("acc");

    @AfterAll
    void close() {
        server.close();
    }

    private TestClient client() {
        return server.as(Role.CLIENT, account);
    }

    private static String preferences(String zone, String quietHours, String kinds) {
        return """
                {"timeZone": "%s"%s, "digestTime": "18:30", "digestDay": "FRIDAY", "digests": true, "kinds": [%s]}""".formatted(zone, quietHours, kinds);
    }

    private static JsonNode kind(JsonNode preferences, String kind) {
        return StreamSupport.stream(preferences.path("kinds").spliterator(), false)
                .filter(it -> it.path("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    // Preferences.

    @Test
    void pagesOfLinksShowWhatAnEndpointReturns() {
        var paths = server.endpoints.stream()
                .map(Endpoint::operation)
                .filter(it -> it.method().equals(HttpMethods.GET))
                .map(it -> it.path().replaceAll("\\{\\w+}$", ""))
                .toList();
        assertThat(paths).contains(Link.NOTIFICATIONS.apiPath());
        for (var kind : Link.Kind.values())
            kind.page().ifPresent(it -> assertThat(paths).contains(it.apiPath()));
    }

    @Test
    void choicesReplaceTheDefaultsAndUnsubscribeLinksChangeThem() {
        var before = client().get(PREFERENCES).is(200).json();
        assertThat(kind(before, "WORK_SUBMITTED").path("email").asText()).isEqualTo("AT_ONCE");
        assertThat(kind(before, "MESSAGE_RECEIVED").path("email").asText()).isEqualTo("DAILY");
        assertThat(kind(before, "MILESTONE_PAID").path("inAppOptional").asBoolean())
                .isFalse();
        var chosen = client().put(
                        PREFERENCES,
                        preferences(
                                "Australia/Lord_Howe",
                                ", \"quietHours\": {\"from\": \"22:00\", \"to\": \"07:00\"}",
                                "{\"kind\": \"NEW_MATCH\", \"inApp\": \"WEEKLY\", \"email\": \"NEVER\"},"
                                        + "{\"kind\": \"REVIEW_DUE\", \"email\": \"DAILY\"}"))
                .is(200)
                .json();
        assertThat(client().get(PREFERENCES).is(200).json()).isEqualTo(chosen);
        assertThat(chosen.path("timeZone").asText()).isEqualTo("Australia/Lord_Howe");
        assertThat(chosen.at("/quietHours/to").asText()).isEqualTo("07:00");
        assertThat(chosen.path("digestTime").asText()).isEqualTo("18:30");
        assertThat(kind(chosen, "NEW_MATCH").path("inApp").asText()).isEqualTo("WEEKLY");
        assertThat(kind(chosen, "NEW_MATCH").path("email").asText()).isEqualTo("NEVER");
        var link = "/api/mail/unsubscribe/" + server.unsubscribeTokens.issue(new Claim(account, MailKind.REVIEW_DUE));
        server.anonymous.post(link).is(200);
        var stopped = client().get(PREFERENCES).is(200).json();
        assertThat(kind(stopped, "REVIEW_DUE").path("email").asText()).isEqualTo("NEVER");
        server.anonymous.post(link.replace("unsubscribe", "resubscribe")).is(200);
        var resumed = client().get(PREFERENCES).is(200).json();
        assertThat(kind(resumed, "REVIEW_DUE").path("email").asText()).isEqualTo("DAILY");
        server.anonymous
                .post("/api/mail/unsubscribe/" + server.unsubscribeTokens.issue(new Claim(account, MailKind.DIGEST)))
                .is(200);
        assertThat(client().get(PREFERENCES).is(200).json().path("digests").asBoolean())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mars/Olympus | '' | '' | unknown-time-zone",
                "+02:00 | '' | '' | unknown-time-zone",
                "UTC | ', \"quietHours\": {\"from\": \"07:00\", \"to\": \"07:00\"}' | '' | empty-quiet-hours",
                "UTC | '' | '{\"kind\": \"NOTHING\"}' | unknown-notification-kind",
                "UTC | '' | '{\"kind\": \"DIGEST\"}' | unknown-notification-kind",
                "UTC | '' | '{\"kind\": \"NEW_MATCH\"}, {\"kind\": \"NEW_MATCH\"}' | repeated-notification-kind",
                "UTC | '' | '{\"kind\": \"MILESTONE_PAID\", \"inApp\": \"NEVER\"}' | in-app-required",
                "UTC | '' | '{\"kind\": \"FUNDING_DECLINED\", \"inApp\": \"DAILY\"}' | in-app-required",
                "UTC | '' | '{\"kind\": \"ACCOUNT_SUSPENDED\", \"inApp\": \"WEEKLY\"}' | in-app-required",
                "UTC | '' | '{\"kind\": \"ACCEPTANCE_SILENCE_WARNING\", \"email\": \"NEVER\"}' | email-required",
                "UTC | '' | '{\"kind\": \"ACCOUNT_SUSPENDED\", \"email\": \"NEVER\"}' | email-required",
            })
    void refusesChoicesThatAreNotPossible(String zone, String quietHours, String kinds, String code) {
        client().put(PREFERENCES, preferences(zone, quietHours, kinds)).is(422, code);
    }

    @Test
    void refusesInvalidTimes() {
        client().put(PREFERENCES, preferences("UTC", "", "").replace("18:30", "24:00"))
                .is(422);
        client().put(PREFERENCES, preferences("UTC", "", "").replace("18:30", "8"))
                .is(422);
    }

    // Marks.

    private LiveClient live() {
        var uri = URI.create("ws://127.0.0.1:" + binding.localAddress().getPort() + "/api/live");
        var opened = LiveClient.open(uri);
        opened.send("{\"type\":\"authenticate\",\"token\":\"" + account + ":ses_1\"}")
                .next("authenticated");
        return opened;
    }

    @Test
    void marksEntriesAsReadOverRestAndLive() {
        server.addNotification("ntf_a", account);
        server.addNotification("ntf_b", account);
        server.addNotification("ntf_c", account);
        server.addNotification("ntf_other", TestServer.newId("acc"));
        client().post("/api/me/notifications/ntf_a/read").is(204);
        client().post("/api/me/notifications/ntf_a/read", "{}").is(204);
        assertThat(server.unreadNotifications()).containsExactly("ntf_b", "ntf_c", "ntf_other");
        client().post("/api/me/notifications/ntf_other/read", "{}").is(404, "not-found");
        client().post("/api/me/notifications/read", "{\"through\": \"ntf_b\"}").is(204);
        assertThat(server.unreadNotifications()).containsExactly("ntf_c", "ntf_other");
        var connection = live();
        connection.send("{\"type\":\"read-notifications\",\"id\":\"ntf_other\"}");
        assertThat(connection.next("error").path("code").asText()).isEqualTo("not-found");
        connection.send("{\"type\":\"read-notifications\"}");
        Await.until(() -> assertThat(server.unreadNotifications()).containsExactly("ntf_other"));
        connection.close();
    }

    @Test
    void showsTheCountersToOtherConnectionsWhenEntriesAreRead() {
        var watching = live().subscribe("me");
        assertThat(watching.skipTo("counters")
                        .at("/counters/unreadNotifications")
                        .asInt())
                .isZero();
        server.readMarks.counters.put(account, new Counters(0, 0, 3));
        var reading = live();
        reading.send("{\"type\":\"read-notifications\"}");
        assertThat(watching.skipTo("counters")
                        .at("/counters/unreadNotifications")
                        .asInt())
                .isEqualTo(3);
        watching.close();
        reading.close();
    }

    @Test
    void traceListsDecisionsWithReasons() {
        var step =
                client().get("/api/me/notifications/ntf_1/trace").is(200).json().at("/items/0");
        assertThat(step.path("reason").asText()).isEqualTo("QUEUED");
        assertThat(step.path("text").asText()).isEqualTo("Its e-mail was written and added to the queue.");
        var admin = server.as(Role.ADMIN, TestServer.newId("acc"))
                .get("/api/admin/events/contract/ctr_1/3/notification-trace")
                .is(200)
                .json()
                .at("/items/0");
        assertThat(admin.path("decision")).isEqualTo(step);
        assertThat(admin.path("sequence").asInt()).isEqualTo(3);
    }
}
