package io.guildhall.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import io.guildhall.journal.GoldenFiles.GoldenFile;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each optional component of an event, and of the records inside it, is present in one golden file of that event and
 * absent from another. So a component that is added later is tested for the events that have it and for those that are
 * older than it.
 */
class GoldenFileCoverageTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Stream<NamedType> events() {
        return Names.events(Names.AGGREGATES);
    }

    @ParameterizedTest
    @MethodSource("events")
    void eachOptionalComponentIsPresentAndAbsentInGoldenFiles(NamedType event) {
        var samples = GoldenFiles.all().stream()
                .filter(it -> it.name().equals(event.getName()))
                .map(GoldenFileCoverageTest::parse)
                .toList();
        var missing = new TreeSet<String>();
        check(event.getType(), samples, "", missing);
        assertTrue(
                missing.isEmpty(),
                () -> event.getName() + " needs golden files (" + event.getName() + "+VARIANT.json) with " + missing);
    }

    record Sample(Optional<Inner> inner, List<Inner> list, String text) {}

    record Inner(OptionalInt number, Optional<String> word) {}

    @Test
    void reportsWhatIsMissing() {
        assertEquals("[inner.number absent, inner.word present, list.number present]", missing("""
                        {"inner": {"number": 1}, "list": [{"word": "a"}, {}], "text": ""}""", "{}"));
        assertEquals("[]", missing("""
                        {"inner": {"number": 1, "word": "a"}, "list": [{"number": 1, "word": "a"}, {}]}""", """
                        {"inner": {}}""", "{}"));
        assertEquals(
                "[inner absent, inner present, inner.number absent, inner.number present, inner.word absent, inner.word present,"
                        + " list.number absent, list.number present, list.word absent, list.word present]",
                missing());
    }

    private static String missing(String... samples) {
        var missing = new TreeSet<String>();
        var nodes = Stream.of(samples)
                .map(it -> parse(new GoldenFile("sample", it)))
                .toList();
        check(Sample.class, nodes, "", missing);
        return missing.toString();
    }

    private static JsonNode parse(GoldenFile file) {
        try {
            return JSON.readTree(file.json());
        } catch (JsonProcessingException e) {
            throw new AssertionError(file.name(), e);
        }
    }

    /** @param samples the JSON objects of a type in all golden files of the event */
    private static void check(Class<?> type, List<JsonNode> samples, String path, Set<String> missing) {
        for (var component : type.getRecordComponents()) {
            var name = path + component.getName();
            var values = samples.stream()
                    .map(it -> it.path(component.getName()))
                    .filter(it -> !it.isMissingNode())
                    .toList();
            if (isOptional(component)) {
                if (values.isEmpty()) missing.add(name + " present");
                if (values.size() == samples.size()) missing.add(name + " absent");
            }
            recordOf(component.getGenericType())
                    .ifPresent(nested -> check(nested, flatten(values), name + ".", missing));
        }
    }

    private static boolean isOptional(RecordComponent component) {
        var type = component.getType();
        return type == Optional.class
                || type == OptionalInt.class
                || type == OptionalLong.class
                || type == OptionalDouble.class
                || Stream.of(component.getAnnotatedType().getAnnotations())
                        .anyMatch(it -> it.annotationType().getSimpleName().equals("Nullable"));
    }

    /** The record that a component holds, directly or in an optional or a list. */
    private static Optional<Class<?>> recordOf(Type type) {
        if (type instanceof ParameterizedType it) return recordOf(it.getActualTypeArguments()[0]);
        return type instanceof Class<?> it && it.isRecord() ? Optional.of(it) : Optional.empty();
    }

    private static List<JsonNode> flatten(List<JsonNode> values) {
        return values.stream()
                .flatMap(it -> it.isArray() ? StreamSupport.stream(it.spliterator(), false) : Stream.of(it))
                .toList();
    }
}
