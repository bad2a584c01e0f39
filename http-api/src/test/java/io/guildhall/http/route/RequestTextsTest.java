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
import io.guildhall.http.live.ClientFrame;
import io.guildhall.http.route.BodyGenerator.Presence;
import io.guildhall.http.text.TextRule;
import io.guildhall.kernel.Characters;
import io.guildhall.kernel.TextKind;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every text of every request record and live frame: its kind, and its length in characters of Unicode. */
class RequestTextsTest {
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

        Optional<TextRule> rule() {
            return TextRule.of(type);
        }

        TextRule text() {
            return rule().orElseThrow();
        }

        boolean isOf(TextKind... kinds) {
            return rule().filter(it -> List.of(kinds).contains(it.kind())).isPresent();
        }

        /** Whether the text is one of a list of names, or has a format that limits its length. */
        boolean isCode() {
            var pattern = type.getAnnotation(Pattern.class);
            if (pattern == null) return has(NameOf.class);
            return Stream.of("a", "https://a").noneMatch(it -> (it + "a".repeat(10_000)).matches(pattern.regexp()));
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
    void everyTextHasAKindWithABoundOrIsACode() {
        assertThat(FIELDS).hasSizeGreaterThan(60);
        assertThat(FIELDS).noneMatch(it -> it.has(Size.class));
        assertThat(FIELDS).allMatch(it -> it.rule().isPresent() || it.isCode());
        for (var kind : TextKind.values()) assertThat(FIELDS).as(kind.name()).anyMatch(it -> it.isOf(kind));
    }

    @Test
    void textOfTheMaximumLengthIsAcceptedAndALongerOneIsMalformed() {
        for (var field : texts()) {
            int max = field.text().max();
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
    void lineBreaksAreMalformedWhereATextIsOneLine() throws IOException {
        var oneLine =
                texts().stream().filter(it -> !it.isOf(TextKind.PARAGRAPHS)).toList();
        assertThat(oneLine).hasSizeGreaterThan(30);
        for (var field : oneLine)
            for (var part : List.of("\n", "\r", "\t", "\u2028", "\u2029"))
                assertThat(read(
                                field,
                                start(field) + part + EMOJI.repeat(field.text().min())))
                        .as(field.toString())
                        .isEqualTo(400);
        for (var field : texts())
            if (field.isOf(TextKind.PARAGRAPHS))
                assertThat(readText(field, "a\n\tb\r\nc\rd"))
                        .as(field.toString())
                        .isEqualTo("a\n\tb\nc\nd");
    }

    @Test
    void marksOfDirectionAreMalformedWhereATextIsOneLine() {
        for (var field : texts())
            for (var part : List.of("\u202e", "\u2066", "\u200f", "\u061c"))
                assertThat(read(
                                field,
                                start(field) + part + EMOJI.repeat(field.text().min())))
                        .as(field.toString())
                        .isEqualTo(field.isOf(TextKind.PARAGRAPHS) ? null : 400);
    }

    @Test
    void textsOfPeopleAreTrimmedAndComposed() throws IOException {
        var ofPeople = texts().stream()
                .filter(it -> it.isOf(TextKind.SINGLE_LINE, TextKind.PARAGRAPHS))
                .toList();
        assertThat(ofPeople).hasSizeGreaterThan(30);
        for (var field : ofPeople)
            assertThat(readText(field, "\ufeff\u00a0 \u200bae\u0301 b\u00a0\u200b "))
                    .as(field.toString())
                    .isEqualTo("a\u00e9 b");
    }

    @Test
    void invisibleTextsAreEmpty() throws IOException {
        for (var field : texts())
            if (field.isOf(TextKind.SINGLE_LINE, TextKind.PARAGRAPHS))
                for (var text : List.of("\u200b", "\u00a0\ufeff", "\u3164\u2800", "\u00ad\ufe0f"))
                    if (field.has(NotBlank.class) || field.text().min() > 0)
                        assertThat(read(field, text)).as(field.toString()).isEqualTo(422);
                    else if (!field.has(Pattern.class))
                        assertThat(readText(field, text)).as(field.toString()).isEmpty();
    }

    @Test
    void passwordsAreComposedAndKeepTheirSpace() throws IOException {
        var passwords =
                texts().stream().filter(it -> it.isOf(TextKind.PASSWORD)).toList();
        assertThat(FIELDS.stream().filter(it -> it.pointer().endsWith("assword")))
                .hasSizeGreaterThan(1)
                .allMatch(passwords::contains);
        for (var field : passwords) {
            assertThat(readText(field, " Passwo\u0308rter \u00e9 ")).isEqualTo(" Passw\u00f6rter \u00e9 ");
            assertThat(read(field, "o\u0308".repeat(128))).as(field.toString()).isNull();
        }
    }

    @Test
    void errorNamesTheCharacter() {
        var field = FIELDS.stream()
                .filter(it -> it.toString().equals("RegisterAccount/name"))
                .findFirst()
                .orElseThrow();
        assertThat(problem(field, "A\u0000").detail())
                .isEqualTo("name must not contain the control character U+0000 (NULL).");
        assertThat(problem(field, "A\ud83d").detail()).startsWith("name must not contain the control character U+D83D");
        assertThat(problem(field, "A\u202eB").detail())
                .isEqualTo(
                        "name must not contain a mark that changes the direction of text: U+202E (RIGHT-TO-LEFT OVERRIDE).");
        assertThat(problem(field, "A\nB").detail()).isEqualTo("name must be one line, without tabs and line breaks.");
        assertThat(problem(field, "A".repeat(81)).detail()).isEqualTo("name must be at most 80 characters.");
    }

    private static List<Field> texts() {
        return FIELDS.stream().filter(it -> it.rule().isPresent()).toList();
    }

    private static String filled(Field field, int length) {
        var start = start(field);
        return start + EMOJI.repeat(length - Characters.count(start));
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
        var problem = catchThrowableOfType(Problem.class, () -> readBody(field.record(), body(field, text)));
        return problem == null ? null : problem.status();
    }

    private static Problem problem(Field field, String text) {
        return catchThrowableOfType(Problem.class, () -> readBody(field.record(), body(field, text)));
    }

    /** The text as an endpoint gets it. */
    private static String readText(Field field, String text) throws IOException {
        var read = Json.write(readBody(field.record(), body(field, text)));
        return JSON.readTree(read).at(field.pointer()).asText();
    }

    private static ObjectNode body(Field field, String text) {
        var body = new BodyGenerator(1, Presence.ALL).generate(field.record());
        put(body, field.pointer(), text);
        return body;
    }

    private static Object readBody(Class<?> record, ObjectNode body) {
        if (record.getEnclosingClass() != ClientFrame.class) return Json.read(bytes(body), record);
        Stream.of(ClientFrame.class.getAnnotation(JsonSubTypes.class).value())
                .filter(it -> it.value() == record)
                .forEach(it -> body.put("type", it.name()));
        return Json.read(bytes(body), ClientFrame.class);
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
