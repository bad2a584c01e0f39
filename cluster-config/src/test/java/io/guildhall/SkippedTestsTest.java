package io.guildhall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A skipped test proves nothing. A case that only some subjects have is in its own class. */
class SkippedTestsTest {
    private static final Pattern SKIPS = Pattern.compile("^import (static )?("
            + "org\\.junit\\.jupiter\\.api\\.(Assumptions|Disabled|condition)"
            + "|org\\.assertj\\.core\\.api\\.Assumptions"
            + "|net\\.jqwik\\.api\\.Disabled)\\b.*");

    @Test
    void noTestOfAnyModuleCanBeSkipped() throws IOException {
        var tests = testSources();
        assertThat(tests).hasSizeGreaterThan(200);
        var skipping = new ArrayList<String>();
        for (var test : tests)
            for (var line : Files.readAllLines(test))
                if (SKIPS.matcher(line).matches()) skipping.add(test + ": " + line);
        assertThat(skipping).isEmpty();
    }

    private static List<Path> testSources() throws IOException {
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            var sources = new ArrayList<Path>();
            for (var folder : modules.map(it -> it.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList())
                try (Stream<Path> files = Files.walk(folder)) {
                    files.filter(it -> it.toString().endsWith(".java")).forEach(sources::add);
                }
            return sources;
        }
    }
}
