package io.guildhall.http.endpoint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The descriptions of the properties of schemas and of path parameters, in {@code descriptions.json} in the order of the
 * properties' names. The key {@code Record.property} describes the property of one record, {@code property} that of several
 * records in which it means the same, {@code {name}} a path parameter. A test finds a property without a description.
 */
final class Descriptions {
    private static final Map<String, String> TEXTS = read();

    private Descriptions() {}

    static Optional<String> ofProperty(Class<?> owner, String name) {
        return first(owner.getSimpleName() + "." + name, name);
    }

    static Optional<String> ofPathParameter(String name) {
        return first("{" + name + "}", name);
    }

    private static Optional<String> first(String... keys) {
        return Stream.of(keys).map(TEXTS::get).filter(Objects::nonNull).findFirst();
    }

    private static Map<String, String> read() {
        try (var file = Descriptions.class.getResourceAsStream("descriptions.json")) {
            return new ObjectMapper()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .readValue(file, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
