package io.guildhall.http.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.guildhall.http.endpoint.Formats;
import io.guildhall.http.endpoint.Json;
import io.guildhall.http.endpoint.NameOf;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.endpoint.Text;
import io.guildhall.http.live.ClientFrame;
import io.guildhall.http.route.BodyGenerator.Presence;
import io.guildhall.kernel.PlainText;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every text of every request record, as the document describes it: lengths in characters of Unicode. */
class TextLengthsTest {
    private static final String EMOJI = "😀";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /**
     * One text inside a request.
     *
     * @param pointer of the text in a body; items of lists are the first ones
     */
    private record Field(Class<?> record, String pointer, AnnotatedType type) {
        boolean has(Class<? extends Annotation> annotation) {
            return type.isAnnotationPresent(annotation);
        }

        Text text() {
            return type.getAnnotation(Text.class);
        }

        @Override
        public String toString() {
            return record.getSimpleName() + pointer;
        }
    }

    private static final List<Field> FIELDS = fields();

    private static List<Field> fields() {
        var server = new TestServer();
        var bodies = server.endpoints.stream()
                .<Class<?>>map(it -> it.operation().body())
                .filter(Class::isRecord)
                .toList();
        server.close();
        return Stream.concat(bodies.stream(), Stream.of(ClientFrame.class.getPermittedSubclasses()))
                .distinct()
                .flatMap(record -> fields(record, record, ""))
                .toList();
    }

    private static Stream<Field> fields(Class<?> body, Class<?> record, String pointer) {
        return Stream.of(record.getRecordComponents()).flatMap(it -> fields(body, it, pointer + "/" + it.getName()));
    }

    private static Stream<Field> fields(Class<?> body, RecordComponent component, String pointer) {
        return fields(body, component.getAnnotatedType(), pointer);
    }

    private static Stream<Field> fields(Class<?> body, AnnotatedType type, String pointer) {
        if (type instanceof AnnotatedParameterizedType generic) {
            var isList = generic.getType().getTypeName().startsWith(List.class.getName());
            return fields(body, generic.getAnnotatedActualTypeArguments()[0], isList ? pointer + "/0" : pointer);
        }
        var plain = (Class<?>) type.getType();
        if (plain.isRecord()) return fields(body, plain, pointer);
        return plain == String.class ? Stream.of(new Field(body, pointer, type)) : Stream.empty();
    }

    @Test
    void everyTextHasABound() {
        var fields = FIELDS;
        assertThat(fields).hasSizeGreaterThan(60);
        assertThat(fields).noneMatch(it -> it.has(Size.class));
        assertThat(fields).allMatch(it -> it.has(Text.class) || it.has(NameOf.class) || it.has(Pattern.class));
    }

    @Test
    void textOfTheMaximumLengthIsAcceptedAndALongerOneIsMalformed() {
        for (var field : texts()) {
            int max = field.text().max();
            if (!field.has(Email.class))
                assertThat(read(field, filled(field, max))).as(field.toString()).isNull();
            assertThat(read(field, filled(field, max + 1))).as(field.toString()).isEqualTo(400);
        }
    }

    @Test
    void halfCharactersAndControlCharactersAreMalformed() {
        for (var field : texts())
            for (var part : List.of("\ud83d", "\ude00", "\u0000", "\u001b", "\u0085"))
                assertThat(read(
                                field,
                                start(field) + part + EMOJI.repeat(field.text().min())))
                        .as(field.toString())
                        .isEqualTo(400);
    }

    @Test
    void lineBreaksAreMalformedWhereATextIsOneLine() {
        var oneLine = texts().stream().filter(it -> !it.text().multiline()).toList();
        assertThat(oneLine).hasSizeGreaterThan(30);
        for (var field : oneLine)
            for (var part : List.of("\n", "\r", "\t", "\u2028", "\u2029"))
                assertThat(read(
                                field,
                                start(field) + part + EMOJI.repeat(field.text().min())))
                        .as(field.toString())
                        .isEqualTo(400);
        for (var field : texts())
            if (field.text().multiline())
                assertThat(read(field, "a\n\tb\r\nc")).as(field.toString()).isNull();
    }

    private static List<Field> texts() {
        return FIELDS.stream().filter(it -> it.has(Text.class)).toList();
    }

    private static String filled(Field field, int length) {
        var start = start(field);
        return start + EMOJI.repeat(length - PlainText.length(start));
    }

    private static String start(Field field) {
        var pattern = field.type().getAnnotation(Pattern.class);
        if (pattern == null) return "a";
        return switch (pattern.regexp()) {
            case Formats.WEB_ADDRESS, Formats.SECURE_ADDRESS -> "https://a";
            default -> "a";
        };
    }

    /** The status of the problem; null if the body is accepted. */
    private static @Nullable Integer read(Field field, String text) {
        var body = new BodyGenerator(1, Presence.ALL).generate(field.record());
        put(body, field.pointer(), text);
        var problem = catchThrowableOfType(Problem.class, () -> readBody(field.record(), body));
        return problem == null ? null : problem.status();
    }

    private static void readBody(Class<?> record, ObjectNode body) {
        if (record.getEnclosingClass() != ClientFrame.class) {
            Json.read(bytes(body), record);
            return;
        }
        Stream.of(ClientFrame.class.getAnnotation(JsonSubTypes.class).value())
                .filter(it -> it.value() == record)
                .forEach(it -> body.put("type", it.name()));
        Json.read(bytes(body), ClientFrame.class);
    }

    /** With escapes, since half a character has no bytes. */
    private static byte[] bytes(JsonNode body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static void put(ObjectNode body, String pointer, String text) {
        int cut = pointer.lastIndexOf('/');
        var name = pointer.substring(cut + 1);
        switch (body.at(pointer.substring(0, cut))) {
            case ObjectNode object -> object.put(name, text);
            case ArrayNode array -> array.set(Integer.parseInt(name), text);
            default -> throw new AssertionError(pointer);
        }
    }
}
