package io.guildhall.http.endpoint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads booleans from true and false only. */
final class FlagDeserializer extends ScalarDeserializer<Boolean> {
    private static final long serialVersionUID = 1L;

    private final @Nullable Boolean placeholder;

    private FlagDeserializer(Class<?> handled, String field, @Nullable Boolean placeholder) {
        super(handled, field, placeholder);
        this.placeholder = placeholder;
    }

    static SimpleModule addTo(SimpleModule module) {
        return module.addDeserializer(boolean.class, new FlagDeserializer(boolean.class, "", false))
                .addDeserializer(Boolean.class, new FlagDeserializer(Boolean.class, "", null));
    }

    @Override
    FlagDeserializer of(BeanProperty property) {
        return new FlagDeserializer(handledType(), property.getName(), placeholder);
    }

    @Override
    public @Nullable Boolean deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> unexpected(context);
        };
    }
}
