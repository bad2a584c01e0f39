package io.guildhall.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.port.UnsubscribeTokens.Claim;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnsubscribeTokensTest {
    private static final String ACCOUNT = "acc_01kb2m3n4p5q6r7s8t9v0w1x2y";
    private final UnsubscribeTokens tokens = new UnsubscribeTokens("secret");

    @Test
    void tokenNamesAccountAndKind() {
        var claim = new Claim(ACCOUNT, MailKind.WORK_SUBMITTED);
        var token = tokens.issue(claim);
        assertThat(token).matches("[a-z0-9._-]+");
        assertThat(tokens.verify(token)).contains(claim);
    }

    @Test
    void rejectsForgedTokens() {
        var token = tokens.issue(new Claim(ACCOUNT, MailKind.WORK_SUBMITTED));
        assertThat(tokens.verify(token.replace("work-submitted", "review-due"))).isEmpty();
        assertThat(tokens.verify(token.replace("1x2y", "1x2z"))).isEmpty();
        assertThat(tokens.verify(token.substring(1))).isEmpty();
        assertThat(new UnsubscribeTokens("other").verify(token)).isEmpty();
        assertThat(tokens.verify("")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(MailKind.class)
    void mailsAboutSecurityAndSilenceCannotBeStopped(MailKind kind) {
        var claim = new Claim(ACCOUNT, kind);
        boolean isSilenceWarning = kind.name().endsWith("SILENCE_WARNING");
        if (kind.category() != MailKind.Category.SECURITY && !isSilenceWarning)
            assertThat(tokens.issue(claim)).isNotEmpty();
        else assertThatThrownBy(() -> tokens.issue(claim)).isInstanceOf(IllegalArgumentException.class);
        assertThat(MailKind.fromKey(kind.key())).contains(kind);
    }
}
