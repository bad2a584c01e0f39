package io.guildhall.http.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.http.auth.RefreshTokens.Claim;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefreshTokensTest {
    private static final Claim CLAIM = new Claim("acc_01kb2m3n4p5q6r7s8t9v0w1x2y", "ses_01kb2m3n4p0000000000000003", 7);

    private final RefreshTokens tokens = new RefreshTokens("secret");

    @Test
    void acceptsItsOwnTokens() {
        assertThat(tokens.verify(tokens.issue(CLAIM))).contains(CLAIM);
        assertThat(new RefreshTokens("secret").verify(tokens.issue(CLAIM)))
                .as("another node")
                .contains(CLAIM);
    }

    @Test
    void refusesTokensThatItHasNotSigned() {
        var token = tokens.issue(CLAIM);
        assertThat(new RefreshTokens("other").verify(token)).isEmpty();
        for (var changed : List.of(
                token.replace(".7.", ".8."),
                token.replace(".7.", ".07."),
                token.replace("acc_01", "acc_02"),
                token.replace("0003.", "0004."),
                token.substring(0, token.length() - 1),
                token + "A",
                "",
                "x")) assertThat(tokens.verify(changed)).as(changed).isEmpty();
    }

    /** The last character of a signature has bits without a meaning. */
    @Test
    void refusesAnotherSpellingOfASignature() {
        var token = tokens.issue(CLAIM);
        for (char last : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".toCharArray()) {
            var other = token.substring(0, token.length() - 1) + last;
            assertThat(tokens.verify(other).isPresent()).as(other).isEqualTo(other.equals(token));
        }
    }
}
