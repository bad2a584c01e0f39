package io.guildhall.http.auth;

import static io.guildhall.Await.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PasswordsTest {
    private static final String COMPOSED = "s\u00fc\u00dfer K\u00e4se im Gl\u00fcck";
    private static final String DECOMPOSED = "su\u0308\u00dfer Ka\u0308se im Glu\u0308ck";

    private final Passwords passwords = new Passwords();

    @Test
    void passwordMatchesInEachNormalForm() {
        assertThat(result(passwords.matches(COMPOSED, result(passwords.hash(DECOMPOSED)))))
                .isTrue();
        assertThat(result(passwords.matches(DECOMPOSED, result(passwords.hash(COMPOSED)))))
                .isTrue();
        assertThat(result(passwords.matches("susser Kase im Gluck", result(passwords.hash(COMPOSED)))))
                .isFalse();
    }

    @Test
    void rejectsANewPasswordThatIsEasyToGuess() {
        assertThatThrownBy(() -> result(passwords.requireStrong("aaaaaaaaaa", List.of())))
                .hasStackTraceContaining("password is easy to guess. Sequences and repeats such as");
    }
}
