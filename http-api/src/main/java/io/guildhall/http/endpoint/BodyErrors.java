package io.guildhall.http.endpoint;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.jsontype.TypeIdResolver;
import io.guildhall.http.endpoint.Problem.FieldError;
import io.guildhall.kernel.InvalidTextException;
import jakarta.validation.ConstraintViolation;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is wrong with one request body, or one frame of a live connection, so that a caller gets all errors in one
 * response. Reading continues after an error with an absent value.
 */
final class BodyErrors extends DeserializationProblemHandler {
    private static final int MAX_ERRORS = 20;

    private final TreeSet<FieldError> errors =
            new TreeSet<>(Comparator.comparing(FieldError::field).thenComparing(FieldError::message));
    private final String subject;
    private boolean isMalformed;

    /** @param subject of sentences about the whole, such as "The body" */
    BodyErrors(String subject) {
        this.subject = subject;
    }

    /** The errors of the body that is being read. */
    static BodyErrors of(DeserializationContext context) {
        return (BodyErrors) context.getAttribute(BodyErrors.class);
    }

    boolean isEmpty() {
        return errors.isEmpty();
    }

    /** A value violates a constraint. */
    void addInvalid(String field, String message) {
        errors.add(new FieldError(field, message));
    }

    /** Leaves out those of a field, or a part of it, that could not be read. */
    void addViolations(Collection<? extends ConstraintViolation<?>> violations) {
        var unread = List.copyOf(errors);
        for (var violation : violations) {
            var it = Constraints.error(violation);
            if (unread.stream().anyMatch(error -> isPart(it.field(), error.field()))) continue;
            errors.add(it);
            isMalformed |= Constraints.isMalformed(violation);
        }
    }

    private static boolean isPart(String field, String whole) {
        return field.equals(whole) || field.startsWith(whole + ".") || field.startsWith(whole + "[");
    }

    /** The body does not have the structure of the record. */
    void addMalformed(String field, String message) {
        isMalformed = true;
        errors.add(new FieldError(field, message));
    }

    void add(String field, InvalidTextException e) {
        isMalformed |= e.isMalformed();
        errors.add(new FieldError(field, String.valueOf(e.getMessage())));
    }

    /** 400 if the body does not have the structure of the record or a text is too long or not on one line, else 422. */
    Problem problem() {
        var all = errors.stream().limit(MAX_ERRORS).toList();
        if (!isMalformed) return Problem.invalid(all);
        var first = sentence(all.getFirst());
        return Problem.malformed(
                all.size() == 1 ? first : subject + " has errors; they are listed under errors. The first: " + first,
                all);
    }

    private String sentence(FieldError error) {
        return (error.field().isEmpty() ? subject : error.field()) + " " + error.message() + ".";
    }

    /** Where the parser is: the names of fields, with dots, and the indexes of list items, such as skills[0]. */
    static String path(JsonParser parser) {
        return path(parser.getParsingContext());
    }

    private static String path(@Nullable JsonStreamContext context) {
        if (context == null || context.inRoot()) return "";
        var parent = path(context.getParent());
        if (!context.hasPathSegment()) return parent;
        return context.inArray()
                ? parent + "[" + context.getCurrentIndex() + "]"
                : join(parent, context.getCurrentName());
    }

    static String join(String parent, String field) {
        var name = Escapes.printable(field);
        return parent.isEmpty() ? name : parent + "." + name;
    }

    @Override
    public boolean handleUnknownProperty(
            DeserializationContext context,
            JsonParser parser,
            JsonDeserializer<?> deserializer,
            Object beanOrClass,
            String name)
            throws IOException {
        var known = deserializer.getKnownPropertyNames().stream()
                .map(Object::toString)
                .sorted()
                .collect(Collectors.joining(", "));
        addMalformed(path(parser), "is unknown; known fields: " + known);
        parser.skipChildren();
        return true;
    }

    @Override
    public @Nullable JavaType handleUnknownTypeId(
            DeserializationContext context, JavaType base, String name, TypeIdResolver resolver, String failure) {
        return withoutKnownType(context, base, "is unknown");
    }

    @Override
    public @Nullable JavaType handleMissingTypeId(
            DeserializationContext context, JavaType base, TypeIdResolver resolver, String failure) {
        return withoutKnownType(context, base, "is required");
    }

    /** The object names none of the known types: it is read as nothing. */
    private @Nullable JavaType withoutKnownType(DeserializationContext context, JavaType base, String message) {
        var raw = base.getRawClass();
        var property =
                Optional.ofNullable(raw.getAnnotation(JsonTypeInfo.class)).map(JsonTypeInfo::property);
        var types = Optional.ofNullable(raw.getAnnotation(JsonSubTypes.class)).stream()
                .flatMap(it -> Arrays.stream(it.value()))
                .map(JsonSubTypes.Type::name)
                .collect(Collectors.joining(", "));
        if (property.isEmpty()) return null;
        addMalformed(property.get(), message + "; known types: " + types);
        return context.constructType(Void.class);
    }

    @Override
    public @Nullable Object handleWeirdStringValue(
            DeserializationContext context, Class<?> type, String value, String failure) throws IOException {
        var message = "must be " + JsonErrors.expected(type);
        // A text that is none of the constants is a wrong value of the right type.
        if (type.isEnum()) addInvalid(path(context.getParser()), message);
        else addMalformed(path(context.getParser()), message);
        return null;
    }

    /** The value is not an object, but the field is a record. */
    @Override
    public @Nullable Object handleMissingInstantiator(
            DeserializationContext context,
            Class<?> type,
            ValueInstantiator instantiator,
            JsonParser parser,
            String failure)
            throws IOException {
        addMalformed(path(parser), "must be " + JsonErrors.expected(type));
        parser.skipChildren();
        return null;
    }

    @Override
    public @Nullable Object handleUnexpectedToken(
            DeserializationContext context, JavaType type, JsonToken token, JsonParser parser, String failure)
            throws IOException {
        addMalformed(path(parser), "must be " + JsonErrors.expected(type.getRawClass()));
        parser.skipChildren();
        return null;
    }
}
