package io.guildhall.journal;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toUnmodifiableMap;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.ContextualSerializer;
import io.guildhall.kernel.Personal;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a component that is {@link Personal}. Without a {@link PayloadCipher}, or if it is empty, it is written as any
 * other.
 */
final class PersonalSerializer extends JsonSerializer<Object> implements ContextualSerializer {
    private static final ClassValue<Map<String, Method>> ACCESSORS = new ClassValue<>() {
        @Override
        protected Map<String, Method> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents())
                    .collect(toUnmodifiableMap(RecordComponent::getName, PersonalSerializer::accessor));
        }
    };

    private final List<String[]> of;
    private final String name;
    private final @Nullable JsonSerializer<Object> plain;

    /** @param of see {@link Personal#of} */
    PersonalSerializer(List<String> of) {
        this(of.stream().map(it -> it.split("\\.")).toList(), "", null);
    }

    private PersonalSerializer(List<String[]> of, String name, @Nullable JsonSerializer<Object> plain) {
        this.of = of;
        this.name = name;
        this.plain = plain;
    }

    @Override
    public JsonSerializer<?> createContextual(SerializerProvider provider, BeanProperty component)
            throws JsonMappingException {
        return new PersonalSerializer(
                of, component.getName(), provider.findValueSerializer(component.getType(), component));
    }

    @Override
    public boolean isEmpty(SerializerProvider provider, Object value) {
        return value instanceof Optional<?> optional && optional.isEmpty();
    }

    @Override
    public void serialize(Object value, JsonGenerator json, SerializerProvider provider) throws IOException {
        if (!(provider.getAttribute(PayloadCipher.class) instanceof PayloadCipher cipher) || containsNothing(value)) {
            if (plain != null) plain.serialize(value, json, provider);
            return;
        }
        var named = persons(json.getOutputContext());
        var persons = named.isEmpty() ? cipher.owners() : named;
        json.writeStartObject();
        json.writeStringField(PersonalDataModule.ENCRYPTED, cipher.encrypt(name, persons, PersonalValue.bytes(value)));
        json.writeEndObject();
    }

    private static boolean containsNothing(Object value) {
        return switch (value) {
            case String text -> text.isEmpty();
            case Optional<?> optional ->
                optional.map(PersonalSerializer::containsNothing).orElse(true);
            case Collection<?> collection -> collection.isEmpty();
            default -> false;
        };
    }

    private List<String> persons(JsonStreamContext component) {
        return of.stream().flatMap(path -> person(path, component)).toList();
    }

    private static Stream<String> person(String[] path, @Nullable JsonStreamContext context) {
        for (var at = context; at != null; at = at.getParent()) {
            if (at.getCurrentValue() instanceof Record current && has(current, path[0])) {
                Object value = current;
                for (var step : path) value = value instanceof Record it && has(it, step) ? read(it, step) : "";
                return texts(value);
            }
        }
        return Stream.empty();
    }

    private static Stream<String> texts(Object value) {
        return switch (value) {
            case String text -> Stream.of(text).filter(it -> !it.isEmpty());
            case Optional<?> optional -> optional.stream().flatMap(PersonalSerializer::texts);
            default -> Stream.empty();
        };
    }

    private static boolean has(Record value, String component) {
        return ACCESSORS.get(value.getClass()).containsKey(component);
    }

    private static Object read(Record value, String component) {
        try {
            return requireNonNull(ACCESSORS.get(value.getClass()).get(component))
                    .invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " of " + value.getClass() + " cannot be read", e);
        }
    }

    private static Method accessor(RecordComponent component) {
        var accessor = component.getAccessor();
        accessor.setAccessible(true);
        return accessor;
    }
}
