package io.guildhall.http.route;

import static io.guildhall.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.account.Role;
import io.guildhall.domain.email.Email;
import io.guildhall.domain.mailaddress.MailAddress;
import io.guildhall.domain.mailaddress.MailAddressCommand;
import io.guildhall.domain.preference.Preferences;
import io.guildhall.port.MailKind;
import io.guildhall.port.Mailer.Mail;
import io.guildhall.port.UnsubscribeTokens.Claim;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MailTest {
    private final TestServer server = new TestServer();

    @AfterAll
    void stop() {
        server.close();
    }

    private Preferences preferences(String account) {
        return result(server.entities.state(Preferences.AGGREGATE, account));
    }

    @Test
    void oneClickStopsMailsOfOneKindWithoutLogin() {
        var account = TestServer.newId("acc");
        var path =
                "/api/mail/unsubscribe/" + server.unsubscribeTokens.issue(new Claim(account, MailKind.WORK_SUBMITTED));
        assertThat(server.anonymous.get(path).is(200).json().path("stopped").asBoolean())
                .isFalse();
        assertThat(preferences(account).stoppedMails())
                .as("GET changes nothing")
                .isEmpty();
        for (int i = 0; i < 2; i++) {
            var response = server.page(HttpRequest.POST(path)
                    .withEntity(
                            ContentTypes.parse("application/x-www-form-urlencoded"),
                            ByteString.fromString("List-Unsubscribe=One-Click")));
            assertThat(response.status()).isEqualTo(200);
        }
        assertThat(preferences(account).stoppedMails()).containsExactly("work-submitted");
        assertThat(server.anonymous
                        .post(path.replace("unsubscribe", "resubscribe"))
                        .is(200)
                        .json()
                        .path("stopped")
                        .asBoolean())
                .isFalse();
        assertThat(preferences(account).stoppedMails()).isEmpty();
    }

    @Test
    void forgedLinkStopsNothing() {
        var account = TestServer.newId("acc");
        var token = server.unsubscribeTokens.issue(new Claim(account, MailKind.WORK_SUBMITTED));
        server.anonymous
                .post("/api/mail/unsubscribe/" + token.replace("work-submitted", "review-due"))
                .is(404, "not-found");
        server.anonymous.post("/api/mail/unsubscribe/none").is(404, "not-found");
        server.anonymous
                .post("/api/mail/unsubscribe/" + token.replace("work-submitted", "milestone-paid"))
                .is(404, "not-found");
        assertThat(preferences(account).stoppedMails()).isEmpty();
    }

    @Test
    void showsWhetherTheAddressAcceptsMail() {
        var account = TestServer.newId("acc");
        server.registerAccount(account);
        var caller = server.as(Role.CLIENT, account);
        var address = Email.id(TestServer.email(account));
        assertThat(caller.get("/api/me/mail-address")
                        .is(200)
                        .json()
                        .path("acceptsMail")
                        .asBoolean())
                .isTrue();
        server.execute(
                MailAddress.AGGREGATE, address, new MailAddressCommand.RecordRefusal(account, "550 No such user"));
        var refused = caller.get("/api/me/mail-address").is(200).json();
        assertThat(refused.path("acceptsMail").asBoolean()).isFalse();
        assertThat(refused.path("reason").asText()).isEqualTo("550 No such user");
        caller.post("/api/me/mail-address/use-again").is(409, "mail-refused-recently");
        server.entitiesLater = MailAddress.MIN_PAUSE;
        try {
            for (int i = 0; i < 2; i++) {
                var again =
                        caller.post("/api/me/mail-address/use-again").is(200).json();
                assertThat(again.path("acceptsMail").asBoolean()).isTrue();
                assertThat(again.has("refusedAt")).isFalse();
            }
        } finally {
            server.entitiesLater = Duration.ZERO;
        }
        assertThat(caller.get("/api/me/mail-address")
                        .is(200)
                        .json()
                        .path("acceptsMail")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void outboxShowsAMailAsAPageThatCannotRunAnything() {
        var html = "<!doctype html><html><head></head><body><p>Hello</p></body></html>";
        result(server.mailer.send(
                new Mail("notice/1", "review-due", "eve@example.org", "Hello", "Text", html, Optional.empty())));
        var page = server.page("/dev/outbox/mail?id=notice%2F1");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("<p>Hello</p>", "<base target=\"_blank\">");
        assertThat(page.header("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "sandbox allow-popups", "frame-ancestors 'self'")
                .doesNotContain("allow-scripts", "allow-same-origin", "script-src");
        assertThat(server.page("/dev/outbox/mail?id=none").status()).isEqualTo(404);
        var items = server.anonymous.get("/dev/outbox").is(200).json().path("items");
        assertThat(items.findValuesAsText("id")).contains("notice/1");
        assertThat(server.page(HttpRequest.GET("/dev/outbox").addHeader(RawHeader.create("Accept", "text/html")))
                        .text())
                .contains("<iframe", "sandbox=\"allow-popups");
    }
}
