package io.guildhall.http.endpoint;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The descriptions of the properties of schemas and of path parameters. {@code descriptions.json} has the description of
 * a property by its name, or by {@code Record.property} for the property of one record; that of a path parameter by
 * {@code {name}}, or as that of the property of the same name. A test finds a property without a description.
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
            return new ObjectMapper().readValue(file, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
