package io.guildhall.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.port.MailTokens.Claim;
import org.junit.jupiter.api.Test;

class MailTokensTest {
    private static final Claim CLAIM = new Claim("ab".repeat(32), "n0nce-_");
    private final MailTokens tokens = new MailTokens("secret");

    @Test
    void verifiesIssuedToken() {
        assertThat(tokens.verify(tokens.issue(CLAIM))).contains(CLAIM);
    }

    @Test
    void rejectsOtherTokens() {
        var token = tokens.issue(CLAIM);
        assertThat(new MailTokens("other").verify(token)).isEmpty();
        assertThat(tokens.verify(token.replaceFirst("ab", "ba"))).isEmpty();
        assertThat(tokens.verify(token.replace("n0nce", "n1nce"))).isEmpty();
        assertThat(tokens.verify(token + "A")).isEmpty();
        assertThat(tokens.verify("")).isEmpty();
        assertThat(tokens.verify("a.b.c")).isEmpty();
    }
}
