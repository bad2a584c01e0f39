package io.guildhall.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.port.MailTokens.Claim;
import org.junit.jupiter.api.Test;

class MailTokensTest {
    private static final Claim CLAIM = new Claim("ab".repeat(32), "n0nce-_");
    private final MailTokens tokens = new MailTokens("secret");

    @Test
    void whatWasIssuedIsRead() {
        assertThat(tokens.read(tokens.issue(CLAIM))).contains(CLAIM);
    }

    @Test
    void nothingElseIs() {
        var token = tokens.issue(CLAIM);
        assertThat(new MailTokens("other").read(token)).isEmpty();
        assertThat(tokens.read(token.replaceFirst("ab", "ba"))).isEmpty();
        assertThat(tokens.read(token.replace("n0nce", "n1nce"))).isEmpty();
        assertThat(tokens.read(token + "A")).isEmpty();
        assertThat(tokens.read("")).isEmpty();
        assertThat(tokens.read("a.b.c")).isEmpty();
    }
}
