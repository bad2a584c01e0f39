package io.guildhall.journal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import io.guildhall.kernel.Personal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a component that is {@link Personal}, encrypted or not. */
final class PersonalDeserializer extends JsonDeserializer<Object> implements ContextualDeserializer {
    private final String erased;
    private final String name;
    private final @Nullable JavaType type;
    private final @Nullable JsonDeserializer<Object> plain;

    /** @param erased see {@link Personal#erased} */
    PersonalDeserializer(String erased) {
        this(erased, "", null, null);
    }

    private PersonalDeserializer(
            String erased, String name, @Nullable JavaType type, @Nullable JsonDeserializer<Object> plain) {
        this.erased = erased;
        this.name = name;
        this.type = type;
        this.plain = plain;
    }

    @Override
    public JsonDeserializer<?> createContextual(DeserializationContext context, BeanProperty component)
            throws JsonMappingException {
        var type = component.getType();
        return new PersonalDeserializer(
                erased, component.getName(), type, context.findContextualValueDeserializer(type, component));
    }

    @Override
    public Object deserialize(JsonParser json, DeserializationContext context) throws IOException {
        if (plain == null || type == null) throw new IllegalStateException("not contextual");
        if (!json.hasToken(JsonToken.START_OBJECT)) return plain.deserialize(json, context);
        if (!PersonalDataModule.ENCRYPTED.equals(json.nextFieldName()))
            throw JsonMappingException.from(json, "'" + name + "' is neither encrypted nor plain");
        var encrypted = json.nextTextValue();
        if (encrypted == null || json.nextToken() != JsonToken.END_OBJECT)
            throw JsonMappingException.from(json, "the encrypted '" + name + "' is not a text");
        if (!(context.getAttribute(PayloadCipher.class) instanceof PayloadCipher cipher))
            throw JsonMappingException.from(json, "'" + name + "' is encrypted, and no keys are available");
        var decrypted = cipher.decrypt(name, encrypted);
        return decrypted.isPresent() ? PersonalValue.read(type, decrypted.get()) : PersonalValue.erased(type, erased);
    }

    @Override
    public @Nullable Object getNullValue(DeserializationContext context) throws JsonMappingException {
        return plain == null ? null : plain.getNullValue(context);
    }

    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) throws JsonMappingException {
        return plain == null ? null : plain.getAbsentValue(context);
    }
}
