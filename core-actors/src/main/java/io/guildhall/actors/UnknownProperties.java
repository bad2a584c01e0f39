package io.guildhall.actors;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Refuses unknown properties while a command is read: see {@link NamedCommand}. */
public final class UnknownProperties extends SimpleModule {
    private static final long serialVersionUID = 1L;

    /** The attribute of the context that says whether unknown properties are refused. */
    static final Object ARE_REFUSED = new Object();

    @Override
    public void setupModule(SetupContext setup) {
        super.setupModule(setup);
        setup.addDeserializationProblemHandler(new Handler());
    }

    private static final class Handler extends DeserializationProblemHandler {
        @Override
        public boolean handleUnknownProperty(
                DeserializationContext context,
                JsonParser parser,
                @Nullable JsonDeserializer<?> deserializer,
                Object beanOrClass,
                String property)
                throws IOException {
            if (Boolean.TRUE.equals(context.getAttribute(ARE_REFUSED)))
                throw UnrecognizedPropertyException.from(parser, beanOrClass, property, null);
            return false;
        }
    }
}
