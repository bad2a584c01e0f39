package io.guildhall.http.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
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

/** Translates Jakarta constraints to JSON schema. */
final class Constraints {
    private Constraints() {}

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
                if (size.min() > 0) schema.put(list ? "minItems" : "minLength", size.min());
                if (size.max() < Integer.MAX_VALUE) schema.put(list ? "maxItems" : "maxLength", size.max());
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
