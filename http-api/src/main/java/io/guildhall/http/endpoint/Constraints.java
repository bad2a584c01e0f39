package io.guildhall.http.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.guildhall.http.endpoint.Problem.FieldError;
import io.guildhall.http.text.TextRule;
import io.guildhall.kernel.TextKind;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.util.Optional;

/** Translates Jakarta constraints to JSON schema, and their violations to messages. */
final class Constraints {
    static final String REQUIRED = "is required";

    /** Without control characters, line ends and marks of direction. */
    private static final String LINE = "^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029"
            + "\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]*$";

    static final String VISIBLE_LINE = "^(?=.*\\S)" + LINE.substring(1);

    private Constraints() {}

    static FieldError error(ConstraintViolation<?> violation) {
        // An item of a list is named by its index alone.
        var field = violation.getPropertyPath().toString().replaceAll("\\.?<[^>]*>", "");
        return new FieldError(field, message(violation));
    }

    /** Completes a sentence that begins with the field. Constraints of our own have their own messages. */
    private static String message(ConstraintViolation<?> violation) {
        var value = violation.getInvalidValue();
        return switch (violation.getConstraintDescriptor().getAnnotation()) {
            case NotNull _ -> REQUIRED;
            case NotBlank _, NotEmpty _ -> value == null ? REQUIRED : "must not be empty";
            case Size size -> "must have " + size(size) + " items";
            case Min min -> "must be at least " + min.value();
            case Max max -> "must be at most " + max.value();
            case Positive _ -> "must be greater than 0";
            case PositiveOrZero _ -> "must not be negative";
            case Pattern pattern -> Formats.message(pattern.regexp());
            case Annotation constraint -> error(constraint, value).orElse(violation.getMessage());
        };
    }

    private static Optional<String> error(Annotation constraint, Object value) {
        return value instanceof String text ? TextRule.of(constraint).flatMap(it -> it.error(text)) : Optional.empty();
    }

    /** Whether the value is not a text of the kind that its field has: a wrong body, not a wrong choice. */
    static boolean isMalformed(ConstraintViolation<?> violation) {
        return violation.getInvalidValue() instanceof String text
                && TextRule.of(violation.getConstraintDescriptor().getAnnotation())
                        .filter(it -> it.isMalformed(text))
                        .isPresent();
    }

    private static String size(Size size) {
        if (size.min() == 0) return "at most " + size.max();
        return size.max() == Integer.MAX_VALUE ? "at least " + size.min() : size.min() + " to " + size.max();
    }

    /** Whether the constraint rules out an absent value. */
    static boolean isRequired(Class<? extends Annotation> constraint) {
        return constraint == NotNull.class || constraint == NotBlank.class || constraint == NotEmpty.class;
    }

    static void apply(Annotation constraint, ObjectNode schema) {
        boolean list = schema.path("type").asText().equals("array");
        switch (constraint) {
            case NotBlank _ -> schema.put("pattern", "\\S");
            case NotEmpty _ -> schema.put(list ? "minItems" : "minLength", 1);
            case Size size -> {
                if (size.min() > 0) schema.put("minItems", size.min());
                if (size.max() < Integer.MAX_VALUE) schema.put("maxItems", size.max());
            }
            case Min min -> schema.put("minimum", min.value());
            case Max max -> schema.put("maximum", max.value());
            case Positive _ -> schema.put("exclusiveMinimum", 0);
            case PositiveOrZero _ -> schema.put("minimum", 0);
            case Pattern pattern -> schema.put("pattern", "^(?:" + pattern.regexp() + ")$");
            case NameOf names -> NameOf.Validator.names(names).forEach(schema.withArray("enum")::add);
            default -> TextRule.of(constraint).ifPresent(it -> apply(it, schema));
        }
    }

    private static void apply(TextRule rule, ObjectNode schema) {
        if (rule.min() > 0) schema.put("minLength", rule.min());
        schema.put("maxLength", rule.max());
        if (rule.kind() == TextKind.PASSWORD) schema.put("format", "password");
        boolean isVisible = schema.has("pattern") || (rule.kind() == TextKind.SINGLE_LINE && rule.min() > 0);
        if (rule.kind() != TextKind.PARAGRAPHS) schema.put("pattern", isVisible ? VISIBLE_LINE : LINE);
    }
}
