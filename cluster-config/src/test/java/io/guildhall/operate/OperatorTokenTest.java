package io.guildhall.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.embedded.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorTokenTest {
    @TempDir
    Path parent;

    private Path folder() {
        return parent.resolve("var");
    }

    @Test
    void isGeneratedOnceForTheOwnerOnly() throws IOException {
        assertThat(OperatorToken.read(folder())).isEmpty();
        var token = OperatorToken.ofFolder(folder());
        assertThat(token.value()).matches("[0-9a-f]{64}");
        assertThat(OperatorToken.ofFolder(folder())).isEqualTo(token);
        assertThat(OperatorToken.read(folder())).contains(token);
        assertThat(OperatorToken.ofFolder(parent.resolve("other"))).isNotEqualTo(token);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder().resolve(OperatorToken.FILE))))
                .isEqualTo("rw-------");
    }

    @Test
    void aFileThatOthersCanReadIsRestrictedAgain() throws IOException {
        var token = OperatorToken.ofFolder(folder());
        var file = folder().resolve(OperatorToken.FILE);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(OperatorToken.ofFolder(folder())).isEqualTo(token);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void nodesThatStartAtTheSameTimeGetTheSame() {
        var tokens = ConcurrentHashMap.<OperatorToken>newKeySet();
        IntStream.range(0, 20).parallel().forEach(_ -> tokens.add(OperatorToken.ofFolder(folder())));
        assertThat(tokens).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "0123456789012345678901234567890", "01234567890123456789012345678 0123"})
    void weakTokensAreRefusedWithoutRepeatingThem(String weak) {
        assertThatThrownBy(() -> new OperatorToken(weak))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("GUILDHALL_OPERATOR_TOKEN")
                .hasMessageNotContaining(weak.isEmpty() ? "\0" : weak);
    }

    @Test
    void matchesOnlyItself() {
        var token = OperatorToken.ofFolder(folder());
        assertThat(token.matches(token.value())).isTrue();
        assertThat(token.matches(token.value() + "0")).isFalse();
        assertThat(token.matches("")).isFalse();
        assertThat(token).asString().doesNotContain(token.value());
    }
}
