package io.guildhall.http.route;

import static io.guildhall.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.email.Email;
import io.guildhall.domain.email.EmailCommand;
import io.guildhall.http.TestClient;
import io.guildhall.port.MailTokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Registration, verification and the first login. No process runs: the requests alone must be enough. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistrationTest {
    private static final String PASSWORD = "correct horse battery", OTHER_PASSWORD = "another horse battery";

    private final TestServer server = new TestServer();

    @AfterAll
    void close() {
        server.close();
    }

    private static String newEmail() {
        return TestServer.email(TestServer.newId("acc"));
    }

    private TestClient.Response register(String email, String password) {
        return server.anonymous
                .post("/api/auth/register", """
                        {"email": "%s", "password": "%s", "name": "Ada", "country": "CH", "roles": ["CLIENT"]}
                        """.formatted(email, password))
                .is(202);
    }

    private TestClient.Response verify(String token, String password) {
        var body = password.isEmpty() ? "{\"token\": \"%s\"}" : "{\"token\": \"%s\", \"password\": \"%s\"}";
        return server.anonymous.post("/api/auth/verify", body.formatted(token, password));
    }

    private TestClient.Response logIn(String email, String password) {
        return server.anonymous.post(
                "/api/auth/login", "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(email, password));
    }

    private List<Email.Registration> registrations(String email) {
        return ((Email.Unowned) result(server.entities.state(Email.AGGREGATE, Email.id(email)))).registrations();
    }

    /** The token in the e-mail of the n-th registration. */
    private String token(String email, int number) {
        var nonce = registrations(email).get(number - 1).nonce();
        return new MailTokens("secret").issue(new MailTokens.Claim(Email.id(email), nonce));
    }

    @Test
    void verificationOpensTheAccountAtOnceAndTokensNameIt() {
        var email = newEmail();
        register(email, PASSWORD);
        var account = registrations(email).getFirst().person().id();
        assertThat(account).startsWith("acc_");
        var token = token(email, 1);
        verify(token, "").is(204);
        verify(token, "").is(204);
        var login = logIn(email, PASSWORD).is(200).json();
        assertThat(login.at("/account/id").asText()).isEqualTo(account);
        assertThat(login.path("refreshToken").asText()).startsWith(account + ".ses_");
        var payload = new String(
                Base64.getUrlDecoder().decode(login.path("accessToken").asText().split("\\.")[1]),
                StandardCharsets.UTF_8);
        assertThat(payload).contains(account).doesNotContain("\"adr\"", email, Email.id(email));
        assertThat(result(server.entities.state(Account.AGGREGATE, account))).isInstanceOf(Account.Active.class);
    }

    @Test
    void loginBeforeTheVerificationGetsTheResponseOfAnUnknownAddress() {
        var email = newEmail();
        register(email, PASSWORD);
        assertThat(problem(logIn(email, PASSWORD))).isEqualTo(problem(logIn(newEmail(), PASSWORD)));
    }

    private static List<String> problem(TestClient.Response response) {
        var json = response.is(401, "wrong-credentials").json();
        return List.of(json.path("code").asText(), json.path("detail").asText());
    }

    /** The owner expects an e-mail, and the only one has the link of the stranger's registration. */
    @Test
    void linkOfAStrangersRegistrationDoesNotOpenTheirAccountForTheOwner() {
        var email = newEmail();
        register(email, OTHER_PASSWORD);
        register(email, PASSWORD);
        var link = token(email, 1);
        verify(link, "").is(422, "password-needed");
        verify(link, "a wrong horse battery").is(401, "wrong-credentials");
        verify(link, PASSWORD).is(204);
        logIn(email, OTHER_PASSWORD).is(401, "wrong-credentials");
        logIn(email, PASSWORD).is(200);
    }

    @Test
    void responseIsTheSameWhetherTheAddressHasAnAccountOrManyRegistrations() {
        var email = newEmail();
        var first = body(register(email, PASSWORD));
        for (int i = 0; i < Email.MAX_PENDING; i++)
            assertThat(body(register(email, OTHER_PASSWORD))).isEqualTo(first);
        assertThat(registrations(email)).hasSize(Email.MAX_PENDING);
        verify(token(email, 1), PASSWORD).is(204);
        assertThat(body(register(email, OTHER_PASSWORD))).isEqualTo(first);
    }

    private static JsonNode body(TestClient.Response response) {
        return response.json();
    }

    @Test
    void addressIsShownAsItsOwnerTypedItAndFoundInAnyForm() {
        var name = TestServer.newId("acc");
        var typed = "Ada." + name + "@B\u00fccher.Example";
        register(typed, PASSWORD);
        verify(token(typed, 1), "").is(204);
        for (var form : List.of(typed, "ADA." + name + "@xn--bcher-kva.example")) {
            var login = logIn(form, PASSWORD).is(200).json();
            assertThat(login.at("/account/email").asText()).isEqualTo(typed);
        }
    }

    @Test
    void nobodyLogsInWithAFormerAddress() {
        var email = newEmail();
        register(email, PASSWORD);
        var account = registrations(email).getFirst().person().id();
        verify(token(email, 1), "").is(204);
        server.execute(
                Email.AGGREGATE,
                Email.id(email),
                new EmailCommand.Keep(account, Instant.now().plus(Duration.ofDays(7))));
        logIn(email, PASSWORD).is(401, "wrong-credentials");
        server.execute(Email.AGGREGATE, Email.id(email), new EmailCommand.Restore(account));
        logIn(email, PASSWORD).is(200);
    }

    @Test
    void expiredOrForgedLinksVerifyNothing() {
        var email = newEmail();
        register(email, PASSWORD);
        var link = token(email, 1);
        verify(link.substring(0, link.length() - 2) + "xx", "").is(422, "link-expired");
        server.entitiesLater = Email.LINK_LIFETIME.plusSeconds(1);
        try {
            verify(link, "").is(422, "link-expired");
        } finally {
            server.entitiesLater = Duration.ZERO;
        }
    }
}
