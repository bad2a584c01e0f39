package io.guildhall.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncrementalCompilerTest {
    @TempDir
    Path project;

    private final StringWriter messages = new StringWriter();
    private Module lower;
    private Module upper;
    private Path limits;
    private Path shape;
    private Path report;
    private IncrementalCompiler compiler;

    @BeforeEach
    void compileAll() throws IOException {
        lower = new Module(project.resolve("lower"));
        upper = new Module(project.resolve("upper"));
        compiler = new IncrementalCompiler(List.of(lower, upper), "", project.resolve("scratch"), messages);
        limits = write(lower, "a/Limits.java", """
                package a;
                public class Limits {
                    public static final int MAX = 10;
                    public static int used() { return 1; }
                }
                """);
        shape = write(lower, "a/Shape.java", """
                package a;
                public sealed interface Shape {
                    record Circle() implements Shape {}
                    record Square() implements Shape {}
                }
                """);
        report = write(upper, "b/Report.java", """
                package b;
                import a.Limits;
                public class Report implements java.util.concurrent.Callable<String> {
                    public String call() { return "at most " + Limits.MAX + ", used " + Limits.used(); }
                }
                """);
        var corners = write(upper, "b/Corners.java", """
                package b;
                import a.Shape;
                public class Corners {
                    int of(Shape shape) {
                        return switch (shape) {
                            case Shape.Circle circle -> 0;
                            case Shape.Square square -> 4;
                        };
                    }
                }
                """);
        assertThat(compiler.compile(Set.of(limits, shape, report, corners))).isEqualTo(4);
    }

    @AfterEach
    void close() throws IOException {
        compiler.close();
    }

    @Test
    void anEditOfCodeCompilesOneFile() throws Exception {
        replace(limits, "return 1", "return 2");

        assertThat(compiler.compile(Set.of(limits))).isEqualTo(1);
        assertThat(report()).isEqualTo("at most 10, used 2");
    }

    @Test
    void aConstantReachesTheModulesThatHaveCopiedIt() throws Exception {
        replace(limits, "MAX = 10", "MAX = 11");

        assertThat(compiler.compile(Set.of(limits))).isEqualTo(2);
        assertThat(report()).isEqualTo("at most 11, used 1");
    }

    @Test
    void aConstantReachesWhatInheritsIt() throws Exception {
        var more = write(lower, "a/More.java", "package a; public class More extends Limits {}");
        write(report, """
                package b;
                public class Report implements java.util.concurrent.Callable<String> {
                    public String call() { return "at most " + a.More.MAX; }
                }
                """);
        assertThat(compiler.compile(Set.of(more, report))).isEqualTo(2);
        replace(limits, "MAX = 10", "MAX = 12");

        assertThat(compiler.compile(Set.of(limits))).isEqualTo(3);
        assertThat(report()).isEqualTo("at most 12");
    }

    @Test
    void compilerRejectsSwitchWithoutNewPhase() throws IOException {
        replace(shape, "record Circle", "record Line() implements Shape {} record Circle");

        assertThat(compiler.compile(Set.of(shape))).isNegative();
        assertThat(messages.toString()).contains("Corners.java", "does not cover all possible input values");
    }

    @Test
    void anErrorLeavesEveryClassAsItWas() throws Exception {
        replace(limits, "MAX = 10", "MAX = 11");
        replace(report, "Limits.used()", "Limits.unknown()");

        assertThat(compiler.compile(Set.of(limits, report))).isNegative();
        assertThat(report()).isEqualTo("at most 10, used 1");
    }

    @Test
    void aDeletedClassIsNotFoundAnyMore() throws IOException {
        Files.delete(limits);

        assertThat(compiler.compile(Set.of(limits))).isNegative();
        assertThat(messages.toString()).contains("Report.java", "cannot find symbol");
        assertThat(lower.classes().resolve("a/Limits.class")).exists();
    }

    @Test
    void theClassesOfADeletedSourceGoWithIt() throws IOException {
        replace(shape, "record Square() implements Shape {}", "");
        var corners = upper.sources().resolve("b/Corners.java");
        Files.delete(corners);

        assertThat(compiler.compile(Set.of(shape, corners))).isEqualTo(2);
        assertThat(lower.classes().resolve("a/Shape$Circle.class")).exists();
        assertThat(lower.classes().resolve("a/Shape$Square.class")).doesNotExist();
        assertThat(upper.classes().resolve("b/Corners.class")).doesNotExist();
    }

    @Test
    void resourcesAreCopiedAndDeleted() throws IOException {
        var resource = upper.resources().resolve("sub/x.conf");
        write(resource, "x = 1");
        var copy = upper.classes().resolve("sub/x.conf");

        assertThat(compiler.compile(Set.of(resource))).isZero();
        assertThat(copy).hasContent("x = 1");
        Files.delete(resource);
        assertThat(compiler.compile(Set.of(resource))).isZero();
        assertThat(copy).doesNotExist();
    }

    /** What a node that starts now would answer. */
    private String report() throws Exception {
        var urls = new java.net.URL[] {
            lower.classes().toUri().toURL(), upper.classes().toUri().toURL()
        };
        try (var loader = new URLClassLoader(urls)) {
            var report =
                    (Callable<?>) loader.loadClass("b.Report").getConstructor().newInstance();
            return (String) report.call();
        }
    }

    private static Path write(Module module, String name, String text) throws IOException {
        var file = module.sources().resolve(name.replace('/', File.separatorChar));
        write(file, text);
        return file;
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void replace(Path file, String from, String to) throws IOException {
        var text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }
}
