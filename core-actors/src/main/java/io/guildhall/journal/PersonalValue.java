package io.guildhall.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.util.Optional;

/** The value of a component that is {@link Personal}, as bytes: a text in UTF-8, and a collection of texts as JSON. */
final class PersonalValue {
    private static final JsonMapper JSON =
            JsonMapper.builder().addModule(new Jdk8Module()).build();

    private PersonalValue() {}

    static byte[] bytes(Object value) throws IOException {
        return switch (value) {
            case String text -> text.getBytes(UTF_8);
            case Optional<?> optional -> bytes(optional.orElseThrow());
            default -> JSON.writeValueAsBytes(value);
        };
    }

    static Object read(JavaType type, byte[] bytes) throws IOException {
        if (type.hasRawClass(String.class)) return new String(bytes, UTF_8);
        if (type.hasRawClass(Optional.class)) return Optional.of(read(type.getContentType(), bytes));
        return JSON.readerFor(type).readValue(bytes);
    }

    /** The value of a component whose key was destroyed. */
    static Object erased(JavaType type, String text) throws IOException {
        if (type.hasRawClass(String.class)) return text;
        if (type.hasRawClass(Optional.class)) return Optional.empty();
        return JSON.readerFor(type).readValue("[]");
    }
}
