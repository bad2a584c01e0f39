package io.guildhall.actors;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import java.io.IOException;

/**
 * Reads a value with its name. A value of another version that this one cannot read becomes an {@link UnreadableValue},
 * so that the message that contains it arrives and is answered.
 */
abstract class ValueReader extends StdDeserializer<Object> {
    private static final long serialVersionUID = 1L;

    private final boolean isStrict;

    private ValueReader(boolean isStrict) {
        super(Object.class);
        this.isStrict = isStrict;
    }

    static final class Lenient extends ValueReader {
        private static final long serialVersionUID = 1L;

        Lenient() {
            super(false);
        }
    }

    static final class Strict extends ValueReader {
        private static final long serialVersionUID = 1L;

        Strict() {
            super(true);
        }
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        return context.reportInputMismatch(this, "a value without its name");
    }

    @Override
    public Object deserializeWithType(JsonParser parser, DeserializationContext context, TypeDeserializer type)
            throws IOException {
        var buffer = context.bufferAsCopyOfValue(parser);
        context.setAttribute(UnknownProperties.ARE_REFUSED, isStrict);
        try (buffer;
                var value = buffer.asParserOnFirstToken()) {
            return type.deserializeTypedFromAny(value, context);
        } catch (JsonProcessingException e) {
            return new UnreadableValue(e.getOriginalMessage());
        } finally {
            context.setAttribute(UnknownProperties.ARE_REFUSED, false);
        }
    }
}
