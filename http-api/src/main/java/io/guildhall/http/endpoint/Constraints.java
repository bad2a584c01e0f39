package io.guildhall.http.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.guildhall.http.endpoint.Problem.FieldError;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.constraints.Email;
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

/** Translates Jakarta constraints to JSON schema, and their violations to messages. */
final class Constraints {
    static final String REQUIRED = "is required";

    private static final String LINE = "^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]*$";
    private static final String VISIBLE_LINE = "^(?=.*\\S)" + LINE.substring(1);

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
            case Text text
            when value instanceof String string ->
                Text.Validator.error(text, string).orElse(violation.getMessage());
            case Min min -> "must be at least " + min.value();
            case Max max -> "must be at most " + max.value();
            case Positive _ -> "must be greater than 0";
            case PositiveOrZero _ -> "must not be negative";
            case Email _ -> "must be an e-mail address, such as ada@example.com";
            case Pattern pattern -> Formats.message(pattern.regexp());
            default -> violation.getMessage();
        };
    }

    /** Whether the value is not a text of the kind that its field has: a wrong body, not a wrong choice. */
    static boolean isMalformed(ConstraintViolation<?> violation) {
        return violation.getConstraintDescriptor().getAnnotation() instanceof Text text
                && violation.getInvalidValue() instanceof String string
                && Text.Validator.isMalformed(text, string);
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
            case Text text -> {
                if (text.min() > 0) schema.put("minLength", text.min());
                schema.put("maxLength", text.max());
                if (!text.multiline()) schema.put("pattern", schema.has("pattern") ? VISIBLE_LINE : LINE);
            }
            case Min min -> schema.put("minimum", min.value());
            case Max max -> schema.put("maximum", max.value());
            case Positive _ -> schema.put("exclusiveMinimum", 0);
            case PositiveOrZero _ -> schema.put("minimum", 0);
            case Pattern pattern -> schema.put("pattern", "^(?:" + pattern.regexp() + ")$");
            case NameOf names -> NameOf.Validator.names(names).forEach(schema.withArray("enum")::add);
            case Email _ -> schema.put("format", "email");
            default -> {}
        }
    }
}
