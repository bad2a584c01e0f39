package io.guildhall.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.guildhall.domain.email.Email;
import io.guildhall.http.TestClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of a registration that are refused, and how the response explains it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistrationTextsTest {
    private static final String EMAIL = "wanda@example.com";
    private static final String NAME = "Wanda";

    private final TestServer server = new TestServer();

    @AfterAll
    void close() {
        server.close();
    }

    private TestClient.Response register(String email, String password, String name) {
        var body = JsonNodeFactory.instance
                .objectNode()
                .put("email", email)
                .put("password", password)
                .put("name", name)
                .put("country", "CH");
        body.putArray("roles").add("CLIENT");
        return server.anonymous.post("/api/auth/register", body.toString());
    }

    private static void assertError(TestClient.Response response, String field, String message) {
        var error = response.json().at("/errors/0");
        assertThat(error.path("field").asText()).isEqualTo(field);
        assertThat(error.path("message").asText()).contains(message);
    }

    @ParameterizedTest
    @CsvSource({
        "aaaaaaaaaa, Avoid sequences and repeats.",
        "wanda@example.com, nothing to do with you",
        "Wanda.Wanda.1, easy to guess"
    })
    void explainsAPasswordThatIsEasyToGuess(String password, String help) {
        var response = register(EMAIL, password, NAME).is(422, "weak-password");
        assertError(response, "password", help);
        assertThat(response.text()).doesNotContain(password);
    }

    @Test
    void aPasswordThatIsRefusedUsesUpNoRegistrationOfTheAddress() {
        var email = "walter@example.com";
        var counted = "register/account/" + Email.id(email);
        register(email, "aaaaaaaaaa", NAME).is(422, "weak-password");
        assertThat(server.attempts).noneMatch(it -> it.startsWith(counted));
        register(email, TestServer.PASSWORD, NAME).is(202);
        assertThat(server.attempts).anyMatch(it -> it.startsWith(counted));
    }

    @Test
    void countsThePasswordInCharacters() {
        assertError(
                register(EMAIL, "\ud83d\ude00".repeat(9), NAME).is(422, "invalid"),
                "password",
                "must be 10 to 128 characters");
        register(
                        EMAIL,
                        "\ud83d\ude00\ud83d\ude80\ud83c\udf08\ud83d\udd11\ud83c\udf4b\ud83e\udda9\ud83d\udef6\ud83e\uddf2\ud83e\udea4\ud83e\ude81",
                        NAME)
                .is(202);
        register(EMAIL, "correct horse battery staple" + "x".repeat(100), NAME).is(202);
        register(EMAIL, "correct horse battery staple" + "x".repeat(101), NAME).is(400, "malformed");
    }

    @Test
    void countsTheNameInCharacters() {
        register(EMAIL, TestServer.PASSWORD, "\ud83d\ude00".repeat(80)).is(202);
        assertError(
                register(EMAIL, TestServer.PASSWORD, "\ud83d\ude00".repeat(81)).is(400, "malformed"),
                "name",
                "must be at most 80 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u200b", "\u00a0 \ufeff", "\u3164", "\u2800"})
    void nameNeedsAVisibleCharacter(String name) {
        assertError(register(EMAIL, TestServer.PASSWORD, name).is(422, "invalid"), "name", "must not be empty");
    }

    @Test
    void nameCannotChangeTheDirectionOfText() {
        assertError(
                register(EMAIL, TestServer.PASSWORD, "Wan\u202eda").is(400, "malformed"),
                "name",
                "U+202E (RIGHT-TO-LEFT OVERRIDE)");
    }

    @ParameterizedTest
    @CsvSource({
        "'wanda@example.com\u200b', 400, must not end with the invisible character U+200B (ZERO WIDTH SPACE)",
        "'\ufeffwanda@example.com', 400, must not start with the invisible character U+FEFF",
        "'\u00a0wanda@example.com', 400, must not start with the invisible character U+00A0 (NO-BREAK SPACE)",
        "wanda, 422, 'must be an e-mail address, such as ada@example.com'",
        "wanda@exa_mple.com, 422, must have a valid domain after the @"
    })
    void explainsWhatIsNoEmailAddress(String email, int status, String message) {
        var response = register(email, TestServer.PASSWORD, NAME);
        assertThat(response.status()).isEqualTo(status);
        assertError(response, "email", message);
    }
}
